import type {
  GroupMove,
  GroupMoveApplyRequest,
  GroupMovePreviewRequest,
  GroupMoves,
  GroupMoveUndoRequest,
} from "#lib/api/plans/group-moves.ts";
import type { Caller } from "#lib/server/access/caller.ts";

export type Covers = (hub: string, group: string) => boolean;

/**
 * All throw AppError `historyUnavailable`; with an id also `notFound`, and `conflict` if the move's state
 * forbids it.
 * `preview` and `undo` begin to plan and add `tooManyRequests`; an undo is a move of groups of its own.
 * `preview` adds `notFound`, `notReadYet` and `invalidRequest`, and leaves out, unsaid, the groups that
 * `covers` leaves out. `apply` adds `invalidRequest` and `planGone`.
 */
export interface GroupMovesRuntime {
  preview(request: GroupMovePreviewRequest, caller: Caller, covers?: Covers): Promise<GroupMove>;
  undo(id: string, request: GroupMoveUndoRequest, caller: Caller): Promise<GroupMove>;
  apply(id: string, request: GroupMoveApplyRequest, caller: Caller): Promise<GroupMove>;
  stop(id: string, caller: Caller): Promise<GroupMove>;
  groupMove(id: string): Promise<GroupMove>;
  groupMoves(limit: number | undefined): Promise<GroupMoves>;
}
