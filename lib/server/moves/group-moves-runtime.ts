import type {
  GroupMove,
  GroupMoveApplyRequest,
  GroupMovePreviewRequest,
  GroupMoves,
  GroupMoveUndoRequest,
} from "#lib/api/plans/group-moves.ts";
import type { Caller } from "#lib/server/access/caller.ts";

/** Says if the caller may plan to move a group of a hub. */
export type Covers = (hub: string, group: string) => boolean;

export interface GroupMovesRuntime {
  /**
   * Lists the groups and begins to plan them. Groups that `covers` leaves out are left out unsaid.
   * @throws AppError `notFound`, `invalidRequest`, `notReadYet`, `tooManyRequests`, `historyUnavailable`
   */
  preview(request: GroupMovePreviewRequest, caller: Caller, covers?: Covers): Promise<GroupMove>;
  /**
   * Begins to plan the undo of a move that has ended, as a move of groups of its own.
   * @throws AppError `notFound`, `conflict`, `tooManyRequests`, `historyUnavailable`
   */
  undo(id: string, request: GroupMoveUndoRequest, caller: Caller): Promise<GroupMove>;
  /** @throws AppError `notFound`, `invalidRequest`, `conflict`, `planGone`, `historyUnavailable` */
  apply(id: string, request: GroupMoveApplyRequest, caller: Caller): Promise<GroupMove>;
  /** @throws AppError `notFound`, `conflict` if it is not running; `historyUnavailable` */
  stop(id: string, caller: Caller): Promise<GroupMove>;
  /** @throws AppError `notFound`, `historyUnavailable` */
  groupMove(id: string): Promise<GroupMove>;
  /** @throws AppError `historyUnavailable` */
  groupMoves(limit: number | undefined): Promise<GroupMoves>;
}
