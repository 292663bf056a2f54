import type { GroupMoveUndoRequest } from "#lib/api/plans/group-moves.ts";
import { AppError } from "#lib/core/app-error.ts";
import {
  type GroupMoveEntryRecord,
  type GroupMoveRecord,
  notPlannedYet,
} from "#lib/history/group-moves/group-move-record.ts";

/**
 * Returns the groups that a move has moved, each with its resets, newest first.
 * @throws AppError `conflict` if the move has not ended, or wrote nothing
 */
export function undoOf(
  move: GroupMoveRecord,
  { whenRunning }: GroupMoveUndoRequest,
): Pick<GroupMoveRecord, "from" | "to" | "groups" | "whenRunning" | "undoes" | "entries"> {
  const { id, from, to, groups, endedAt } = move;
  if (endedAt === null)
    throw new AppError("conflict", "This move has not ended: it can be undone once it has.");
  const moved = move.entries.filter(({ resetIds }) => resetIds.length > 0);
  if (moved.length === 0)
    throw new AppError("conflict", "This move wrote nothing, so there is nothing to undo.");
  return { from, to, groups, whenRunning, undoes: id, entries: moved.map(newEntry) };
}

function newEntry({ resetIds, ...moved }: GroupMoveEntryRecord): GroupMoveEntryRecord {
  return { ...moved, ...notPlannedYet(), undo: { resetIds: resetIds.toReversed(), laterPlanIds: [] } };
}
