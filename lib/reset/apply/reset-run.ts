import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "../group/place.ts";
import { skipped } from "./entry-outcome.ts";
import type { OwnReset } from "./own-reset.ts";
import type { StopWish } from "./stop-wish.ts";

/** A reset that this dashboard runs. */
export interface ResetRun {
  own: OwnReset;
  /** Null: the group can't be found any more, so its blobs can't be looked at. */
  place: ResetPlace | null;
  /** Where a move takes its checkpoints from, if that is another group or store. */
  source?: ResetPlace | null;
  /** A dashboard that has died began it: nothing more is begun, only cleared up. */
  isTakenOver: boolean;
  /** The dashboard is being stopped: what is under way is finished, and nothing more is begun. */
  stop: AbortSignal;
  /** How somebody asks for its end meanwhile. Absent: nobody can. */
  wish?: StopWish;
}

/** How it ended. Every partition has a final result by then. */
export interface ResetOutcome {
  /** `failed`: it was broken off. */
  state: "done" | "failed";
  /** Why it was broken off. */
  reason: Reason | null;
  /** How long partitions are watched for being written over; null: there is nothing to watch. */
  watchSeconds: number | null;
}

/** Runs a reset to its end. @throws ResetLost if another dashboard has taken it over, or nothing can be recorded */
export type ResetRunner = (run: ResetRun) => Promise<ResetOutcome>;

/**
 * Starts a reset on the partitions that are not begun yet, or recovers one that was taken over. Skips them all if
 * the group can't be found. @throws ResetLost
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
  await own.noteResult(skipped(writes, why));
  return { state: "failed", reason: why, watchSeconds: null };
}
