import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { ResetPlace } from "../place.ts";
import type { OwnReset } from "./own-reset.ts";
import type { StopWish } from "./stop-wish.ts";

/** A reset that this dashboard runs. */
export interface ResetRun {
  own: OwnReset;
  /** Null: the group can't be found any more, so its blobs can't be looked at. */
  place: ResetPlace | null;
  /** Where a move takes its checkpoints from, if that is another group or store. */
  source?: ResetPlace | null;
  /** It was begun by a dashboard that has died: nothing is to be begun any more, only cleared up. */
  isTakenOver: boolean;
  /** The dashboard is being stopped: what is under way is to be finished, and nothing more to be begun. */
  stop: AbortSignal;
  /** What somebody asks of it meanwhile; none: nobody can. */
  wish?: StopWish;
}

/** How it ended. Every partition has a final result by then. */
export interface ResetOutcome {
  /** `failed`: it was broken off. */
  state: "done" | "failed";
  /** Why it was broken off. */
  reason: Reason | null;
  /** For so long the partitions are watched for being written over; null: there is nothing to watch. */
  watchSeconds: number | null;
}

/** Runs a reset to its end. @throws ResetLost where another dashboard has taken it over, or nothing can be recorded */
export type ResetRunner = (run: ResetRun) => Promise<ResetOutcome>;
