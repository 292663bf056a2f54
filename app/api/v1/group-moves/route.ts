import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.listGroupMoves, ({ query }) => runtime().groupMoves.groupMoves(query.limit)),
});
