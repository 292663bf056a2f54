import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.listResets, ({ params, query }) =>
    runtime().resets.resets({ ...params, store: query.store }, query.limit),
  ),
  POST: handle(operations.applyReset, ({ params, query, body, caller }) =>
    runtime().resets.apply({ ...params, store: query.store }, body, caller),
  ),
});
