import type { CleanupPreviewRequest } from "#lib/api/plans/cleanups.ts";
import type { MovePreviewRequest } from "#lib/api/plans/moves.ts";
import type { Positions } from "#lib/api/plans/positions.ts";
import type { SkipPreviewRequest } from "#lib/api/plans/skips.ts";
import type { ApplyRequest, KnownPlan, PreviewRequest, Reset, Resets, StopRequest } from "#lib/api/resets.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import type { Caller } from "#lib/server/access/caller.ts";

export interface ResetsRuntime {
  /** @throws AppError `notFound`, `invalidRequest`, `historyUnavailable`, `azure…` */
  preview(address: AskedGroup, request: PreviewRequest, caller: Caller): Promise<KnownPlan>;
  /** @throws AppError as `preview`, and if the event can't be read: nobody skips what they can't see */
  previewSkip(
    address: AskedGroup,
    partitionId: string,
    request: SkipPreviewRequest,
    caller: Caller,
  ): Promise<KnownPlan>;
  /**
   * Plans a move to this group, which needs no blob yet.
   * @throws AppError `notFound`, `invalidRequest`, `historyUnavailable`, `azure…`
   */
  previewMove(address: AskedGroup, request: MovePreviewRequest, caller: Caller): Promise<KnownPlan>;
  /** @throws AppError `notFound`, `invalidRequest`, `historyUnavailable`, `azure…` */
  previewCleanup(address: AskedGroup, request: CleanupPreviewRequest, caller: Caller): Promise<KnownPlan>;
  /** @throws AppError `notFound`, `invalidRequest`, `planGone`, `resetRunning`, `historyUnavailable` */
  apply(address: AskedGroup, request: ApplyRequest, caller: Caller): Promise<Reset>;
  /** @throws AppError `notFound`, `conflict` if it is not running or not live; `historyUnavailable` */
  stop(resetId: string, request: StopRequest, caller: Caller): Promise<Reset>;
  /** @throws AppError `notFound`, `conflict` while it runs */
  undo(resetId: string, caller: Caller): Promise<KnownPlan>;
  /** @throws AppError `notFound`, also for somebody else's plan */
  plan(planId: string, caller: Caller): Promise<KnownPlan>;
  reset(resetId: string): Promise<Reset>;
  resets(address: AskedGroup, limit: number | undefined): Promise<Resets>;
  positions(address: AskedGroup, caller: Caller): Promise<Positions>;
  /** Calls back at each step of any reset on any dashboard. Returns a function to unsubscribe. */
  subscribe(listener: (reset: Reset) => void): () => void;
}
