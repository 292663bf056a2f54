import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.readEvents, ({ params: { hub, group, partitionId }, query, request }) =>
    runtime().readEvents(
      { hub, group, store: query.store },
      {
        partitionId,
        sequenceNumber: query.sequenceNumber,
        direction: query.direction,
        count: query.count,
      },
      request.signal,
    ),
  ),
});
