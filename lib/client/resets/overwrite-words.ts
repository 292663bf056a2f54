import type { LiveProgress } from "#lib/api/plans/live-progress.ts";
import type { Reset, ResetEntry } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { ofPartitions } from "./alike.ts";
import { isUnderWay } from "./reset-words.ts";

/** A processor that stored one position so often in a row does not stop by itself. */
const stuckTimes = 2;

interface Overwritten {
  partitionId: string;
  live: LiveProgress;
  by: NonNullable<LiveProgress["overwrite"]>;
}

function overwrittenIn({ partitionId, result, live }: Pick<ResetEntry, "partitionId" | "result" | "live">) {
  const by = live?.overwrite ?? null;
  return by === null || live === null || !isUnderWay({ result, live }) ? [] : [{ partitionId, live, by }];
}

/** The hold ends once nothing was overwritten for its time, so after it nobody keeps storing. */
const held: ReadonlySet<LiveProgress["step"]> = new Set(["writing", "holding"]);

/** Whoever keeps storing does so at some pace: quiet for three times as long, it has ended. */
function isQuiet({ since, pausedAt, rewrites }: LiveProgress, now: number): boolean {
  if (pausedAt == null) return false;
  const lastAt = Date.parse(since);
  const pace = (lastAt - Date.parse(pausedAt)) / rewrites;
  return now - lastAt > Math.max(leastQuietMs, 3 * pace);
}

const leastQuietMs = 15_000;

const isStuckAt =
  (now: number) =>
  ({ by, live }: Overwritten) =>
    held.has(live.step) && by.times >= stuckTimes && !isQuiet(live, now);

/** What a processor does to a partition whose live reset is under way. Null, whatever the time: nothing. */
export function overwriteText(
  entry: Pick<ResetEntry, "partitionId" | "result" | "live">,
  now: number,
): string | null {
  const [one] = overwrittenIn(entry);
  return one === undefined ? null : textOf(one, now);
}

function textOf(one: Overwritten, now: number): string {
  const { live, by } = one;
  const often = live.rewrites === 1 ? "once" : plural(live.rewrites, "time");
  const what = by.sequenceNumber === null ? "an unreadable checkpoint" : formatCount(by.sequenceNumber);
  if (isStuckAt(now)(one))
    return `Overwritten ${often}: ${ownerOf(one)} keeps storing ${what}. Stop or restart it.`;
  return `Overwritten ${often}: ${ownerOf(one)} stored ${what}, and it was written again.`;
}

function ownerOf({ by }: Overwritten): string {
  return by.ownerId === null ? "a processor without ownership" : showText(by.ownerId);
}

/** The same for a running live reset as a whole: whom to stop. Null: nothing is overwritten. */
export function overwritesText(
  { mode, state, entries }: Pick<Reset, "mode" | "state" | "entries">,
  now: number,
): string | null {
  if (mode !== "live" || state !== "running") return null;
  const all = entries.flatMap(overwrittenIn);
  const [one, ...others] = all;
  if (one === undefined) return null;
  if (others.length === 0) return textOf(one, now);
  const stuck = all.filter(isStuckAt(now));
  const which = ofPartitions((stuck.length > 0 ? stuck : all).map(({ partitionId }) => partitionId));
  const total = all.reduce((sum, { live }) => sum + live.rewrites, 0);
  const often = `Overwritten ${plural(total, "time")} in total`;
  if (stuck.length === 0) return `${often}, on ${which}. Each was written again.`;
  const owners = [...new Set(stuck.map(ownerOf))];
  const who = owners.length === 1 ? `${owners[0]} keeps` : `${plural(owners.length, "processor")} keep`;
  return `${often}: ${who} storing old positions of ${which}. Stop or restart ${owners.length === 1 ? "it" : "them"}.`;
}
