import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(operations.previewSkip, ({ params: { hub, group, partitionId }, query, body, caller }) =>
    runtime().resets.previewSkip({ hub, group, store: query.store }, partitionId, body, caller),
  ),
});
