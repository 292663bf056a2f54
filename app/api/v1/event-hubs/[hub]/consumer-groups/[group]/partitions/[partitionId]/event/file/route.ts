import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.readEventFile, ({ params: { hub, group, partitionId }, query, request }) =>
    runtime().readEventFile(
      { hub, group, store: query.store },
      { partitionId, sequenceNumber: query.sequenceNumber },
      request.signal,
    ),
  ),
});
