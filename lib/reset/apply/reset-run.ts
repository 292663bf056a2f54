import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { Patience } from "../group/patience.ts";
import type { ResetPlace } from "../group/place.ts";
import { skipped } from "./entry-outcome.ts";
import type { OwnReset } from "./own-reset.ts";
import type { StopWish } from "./stop-wish.ts";

export interface ResetRun {
  own: OwnReset;
  /** Null: the group can't be found any more. */
  place: ResetPlace | null;
  /** The source of a move from another group or store. */
  source?: ResetPlace | null;
  /** True after another dashboard died: only clears up, begins nothing. */
  isTakenOver: boolean;
  /** Aborts when the dashboard stops: finishes what is under way, begins nothing more. */
  stop: AbortSignal;
  /** Of an offline reset. Default: as shipped. */
  patience?: Patience;
  /** Hears requests to stop. Absent: it can't be stopped. */
  wish?: StopWish;
}

/** The end of a reset. Every partition has its final result. */
export interface ResetOutcome {
  /** `failed`: it was broken off. */
  state: "done" | "failed";
  /** Why it was broken off. */
  reason: Reason | null;
  /** How long to watch for overwrites. Null: nothing to watch. */
  watchSeconds: number | null;
}

/** Runs a reset to its end. @throws ResetLost when another dashboard took it over, or nothing can be recorded */
export type ResetRunner = (run: ResetRun) => Promise<ResetOutcome>;

/**
 * Resets the partitions not yet begun, or recovers a reset that was taken over. Skips all partitions if the group can't
 * be found. @throws ResetLost
 */
export async function startOrRecover(
  run: ResetRun,
  recover: ResetRunner,
  start: (place: ResetPlace, writes: readonly PlannedWrite[]) => Promise<ResetOutcome>,
): Promise<ResetOutcome> {
  if (run.isTakenOver) return recover(run);
  const { own, place } = run;
  const writes = own.reset.entries.flatMap(({ result, write }) =>
    result === "pending" && write !== null ? [write] : [],
  );
  if (place !== null) return start(place, writes);
  const why = reason("groupGone");
  await own.note(skipped(writes, why));
  return { state: "failed", reason: why, watchSeconds: null };
}
