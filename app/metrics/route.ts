import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

// To compress megabytes takes longer than to send them to a neighbour: `no-transform` keeps Next from it.
const headers = {
  "content-type": operations.getMetrics.contentType,
  "cache-control": "no-store, no-transform",
};

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getMetrics, async () => new Response(await runtime().metrics(), { headers })),
});
