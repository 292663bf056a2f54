import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { McpHttpHandler } from "@modelcontextprotocol/server";
import { answerMcp } from "#lib/mcp/handler.ts";
import { createDoor } from "#lib/server/access/door.ts";
import { withRequest } from "#lib/server/access/request-context.ts";
import { accessSchema } from "#lib/server/config/access-config.ts";
import { readAccess } from "#lib/server/config/access-settings.ts";
import { everyMethod } from "#lib/server/http/route.ts";
import { listen } from "#lib/server/http/server.ts";
import { setRuntime } from "#lib/server/runtime.ts";
import { wholeRuntime } from "#tests/support/worlds/whole-runtime.ts";

export interface ToolEndpoint {
  url: string;
  stop(): void;
}

/** Serves tools as the product does, with its server, door and route; Next alone is left out. */
export async function startToolEndpoint(handler: McpHttpHandler): Promise<ToolEndpoint> {
  const access = readAccess({}, accessSchema.parse({}), null, (fault) => {
    throw new Error(fault);
  });
  setRuntime(() => ({ ...wholeRuntime(), tools: { areOn: true, publicUrl: null } }), "test");
  const door = createDoor(access, async () => {});
  const { POST: answer } = everyMethod((request) => answerMcp(request, handler));
  const { server, url } = await listen(
    { hostname: "127.0.0.1", port: 0, publicUrl: null, allowedHosts: [] },
    async (request, response) => {
      const context = await door.receive(request, response);
      if (context === null) return;
      const asked = toRequest(request, response);
      await send(response, await withRequest(context, () => answer(asked, { params: Promise.resolve({}) })));
    },
  );
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `${url}/mcp`, stop };
}

function toRequest(request: IncomingMessage, response: ServerResponse): Request {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && request.method !== "DELETE";
  return new Request(`http://${request.headers.host}${request.url}`, {
    method: request.method ?? "GET",
    headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    signal: gone.signal,
    ...(hasBody && { body: Readable.toWeb(request), duplex: "half" }),
  } as RequestInit);
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null) response.end();
  else await pipeline(Readable.fromWeb(answer.body as never), response).catch(() => {});
}
