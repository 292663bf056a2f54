import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { Patience } from "../group/patience.ts";
import type { ResetPlace } from "../group/place.ts";
import { skipped } from "./entry-outcome.ts";
import type { OwnReset } from "./own-reset.ts";
import type { StopWish } from "./stop-wish.ts";

/**
 * One run of a reset.
 * - `place` null: the group can't be found any more.
 * - `source`: that of a move from another group or store.
 * - `isTakenOver`: another dashboard died; the run only clears up and begins nothing.
 * - `stop`: the dashboard stops; the run finishes what is under way and begins nothing more.
 * - `patience`: of an offline reset; default: as shipped.
 * - `wish`: hears requests to stop; absent: the run can't be stopped.
 */
export interface ResetRun {
  own: OwnReset;
  place: ResetPlace | null;
  source?: ResetPlace | null;
  isTakenOver: boolean;
  stop: AbortSignal;
  patience?: Patience;
  wish?: StopWish;
}

/**
 * The end of a reset. Every partition has its final result. `failed`: the reset was broken off, for this
 * reason. `watchSeconds`: how long to watch for overwrites; null: nothing to watch.
 */
export interface ResetOutcome {
  state: "done" | "failed";
  reason: Reason | null;
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
