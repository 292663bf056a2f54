import { operations } from "#lib/api/operations/operations.ts";
import { currentStreamRoom } from "#lib/server/access/request-context.ts";
import { eventStream } from "#lib/server/http/event-stream.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getStream, ({ query, request }) =>
    eventStream(request.signal, currentStreamRoom(), (tell) => runtime().subscribe(query, tell)),
  ),
});
