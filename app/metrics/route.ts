import { operations } from "#lib/api/operations/operations.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

const headers = { "content-type": operations.getMetrics.contentType, "cache-control": "no-store" };

// Reading is answered ahead of Next: see `answer-ahead.ts`.
export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getMetrics, async () => new Response(await runtime().metrics(), { headers })),
});
