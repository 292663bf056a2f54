import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(operations.undoGroupMove, ({ params, body, caller }) =>
    runtime().groupMoves.undo(params.id, body, caller),
  ),
});
