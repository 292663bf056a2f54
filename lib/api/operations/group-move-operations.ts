import {
  groupMoveApplyBodySchema,
  groupMovePreviewBodySchema,
  groupMoveSchema,
  groupMovesQuerySchema,
  groupMovesSchema,
  groupMoveUndoBodySchema,
} from "#lib/api/plans/group-moves.ts";
import { byId, get, nothing, post } from "./operation.ts";

const path = "/api/v1/group-moves";

export const groupMoveOperations = {
  listGroupMoves: get({
    id: "listGroupMoves",
    path,
    summary: "The moves of several groups at once, newest first.",
    params: nothing,
    query: groupMovesQuerySchema,
    answer: groupMovesSchema,
    failures: [503],
  }),
  previewGroupMove: post({
    id: "previewGroupMove",
    path: `${path}/preview`,
    summary:
      "Plans to move several groups of a store to another store, each with its own plan. Answers at once and makes the plans in turn: read them with getGroupMove. Writes nothing.",
    access: "operator",
    params: nothing,
    query: nothing,
    body: groupMovePreviewBodySchema,
    answer: groupMoveSchema,
    status: 202,
    failures: [404, 409, 429, 503],
  }),
  getGroupMove: get({
    id: "getGroupMove",
    path: `${path}/{id}`,
    summary: "A move of several groups: its plan, its progress and its report, group by group.",
    params: byId,
    query: nothing,
    answer: groupMoveSchema,
    failures: [404, 503],
  }),
  applyGroupMove: post({
    id: "applyGroupMove",
    path: `${path}/{id}/apply`,
    summary:
      "Applies a planned move of several groups, each with its own reset. The move is recorded first and continues after a restart of the dashboard.",
    access: "admin",
    params: byId,
    query: nothing,
    body: groupMoveApplyBodySchema,
    answer: groupMoveSchema,
    status: 202,
    failures: [404, 409, 503],
  }),
  stopGroupMove: post({
    id: "stopGroupMove",
    path: `${path}/{id}/stop`,
    summary:
      "Stops a move of several groups between groups: those that are being moved are moved to their end, the rest is skipped.",
    access: "admin",
    params: byId,
    query: nothing,
    body: nothing,
    answer: groupMoveSchema,
    status: 202,
    failures: [404, 409, 503],
  }),
  undoGroupMove: post({
    id: "undoGroupMove",
    path: `${path}/{id}/undo`,
    summary:
      "Plans to undo a move of several groups: each group's resets, the last one first, each by a plan of its own. Answers at once with the undo, which is read, applied and stopped like the move. Writes nothing.",
    access: "operator",
    params: byId,
    query: nothing,
    body: groupMoveUndoBodySchema,
    answer: groupMoveSchema,
    status: 202,
    failures: [404, 409, 429, 503],
  }),
};
