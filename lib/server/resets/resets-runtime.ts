import type { CleanupPreviewRequest } from "#lib/api/plans/cleanups.ts";
import type { MovePreviewRequest } from "#lib/api/plans/moves.ts";
import type { Positions } from "#lib/api/plans/positions.ts";
import type { SkipPreviewRequest } from "#lib/api/plans/skips.ts";
import type { ApplyRequest, KnownPlan, PreviewRequest, Reset, Resets, StopRequest } from "#lib/api/resets.ts";
import type { AskedGroup } from "#lib/core/addresses.ts";
import type { Caller } from "#lib/server/access/caller.ts";

/**
 * All throw AppError `notFound`, also for somebody else's plan, and `historyUnavailable`.
 * Previews add `invalidRequest` and `azure…`. `previewSkip` fails if the event can't be read: nobody skips
 * what they can't see. The target group of a move needs no blob yet.
 * `apply` adds `invalidRequest`, `planGone` and `resetRunning`. `stop` adds `conflict` if the reset is not
 * running or not live, `undo` while it runs.
 * `subscribe` tells each step of any reset on any dashboard, and returns a function to unsubscribe.
 */
export interface ResetsRuntime {
  preview(address: AskedGroup, request: PreviewRequest, caller: Caller): Promise<KnownPlan>;
  previewSkip(
    address: AskedGroup,
    partitionId: string,
    request: SkipPreviewRequest,
    caller: Caller,
  ): Promise<KnownPlan>;
  previewMove(address: AskedGroup, request: MovePreviewRequest, caller: Caller): Promise<KnownPlan>;
  previewCleanup(address: AskedGroup, request: CleanupPreviewRequest, caller: Caller): Promise<KnownPlan>;
  apply(address: AskedGroup, request: ApplyRequest, caller: Caller): Promise<Reset>;
  stop(resetId: string, request: StopRequest, caller: Caller): Promise<Reset>;
  undo(resetId: string, caller: Caller): Promise<KnownPlan>;
  plan(planId: string, caller: Caller): Promise<KnownPlan>;
  reset(resetId: string): Promise<Reset>;
  resets(address: AskedGroup, limit: number | undefined): Promise<Resets>;
  positions(address: AskedGroup, caller: Caller): Promise<Positions>;
  subscribe(listener: (reset: Reset) => void): () => void;
}
