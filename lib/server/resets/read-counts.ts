import type { ResetEntry } from "#lib/api/resets.ts";
import type { MadePlanEntry } from "#lib/history/resets/plan-record.ts";

type Counts = Pick<ResetEntry, "replays" | "skips" | "processedSince">;

type Planned = Pick<MadePlanEntry, "current" | "replays" | "skips"> &
  Partial<Pick<MadePlanEntry, "processedSince">>;

const unknown: Counts = { replays: null, skips: null };

/**
 * How many events a reset's partition reads again and skips. A live reset's group has gone on since the review, so
 * what it read until then is taken from what the plan counted: from the skips, or added to what is read again.
 */
export function readCounts(
  { result, before, after }: Pick<ResetEntry, "result" | "before" | "after">,
  planned: Planned | undefined,
): Counts {
  // Of anything else nobody knows where the group reads on: overwritten, it goes on from the processor's position.
  if (planned === undefined || (result !== "pending" && result !== "written")) return unknown;
  const { current, replays, skips, processedSince = null } = planned;
  const [from, to] = [current?.sequenceNumber ?? null, before?.sequenceNumber ?? null];
  const moved = from === null || to === null ? 0 : to - from;
  if (moved === 0 || replays === null || skips === null)
    return { replays, skips, ...since(processedSince, 0) };
  if (skips === 0 && replays + moved >= 0)
    return { replays: replays + moved, skips, ...since(processedSince, moved) };
  // A checkpoint before the first available event is further from the target than the events that it skips.
  const left = (after?.sequenceNumber ?? Number.NaN) - (to ?? Number.NaN);
  if (replays === 0 && left >= 0) return { replays, skips: Math.min(skips, left) };
  return unknown;
}

function since(processed: number | null, moved: number): Pick<Counts, "processedSince"> {
  return processed === null ? {} : { processedSince: processed + moved };
}
