import { operations } from "#lib/api/operations/operations.ts";
import { compress, encodingFor } from "#lib/server/http/compress.ts";
import { handle, route } from "#lib/server/http/route.ts";
import { runtime } from "#lib/server/runtime.ts";

const headers = {
  "content-type": operations.getMetrics.contentType,
  vary: "Accept-Encoding",
  // Keeps Next from compressing it a second, slower way.
  "cache-control": "no-store, no-transform",
};

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(operations.getMetrics, async ({ request }) => {
    const bytes = await runtime().metrics();
    const encoding = encodingFor(request.headers.get("accept-encoding"));
    if (encoding === "identity") return new Response(bytes, { headers });
    const body = await compress(bytes, encoding, "fast");
    return new Response(body, { headers: { ...headers, "content-encoding": encoding } });
  }),
});
