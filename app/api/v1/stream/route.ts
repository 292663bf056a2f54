import { operations } from "#lib/api/operations/operations.ts";
import { callerStream } from "#lib/server/http/event-stream.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getStream, (input) =>
    callerStream(input, (tell) => runtime().subscribe(input.query, tell)),
  ),
});
