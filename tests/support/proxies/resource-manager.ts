import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

/** The server's own address, which is https because tokens go to no other. */
export const publicAddress = "https://management.example";

export interface LocalResourceManager {
  url: string;
  requests: string[];
  stop(): Promise<void>;
}

export interface ResourceManagerWorld {
  subscriptionId: string;
  resourceGroup: string;
  namespaceName: string;
  eventHubs: Record<string, string[]>;
  pageSize?: number;
  tls?: { key: string; cert: string };
  /** True for an accepted token. Default: `a-token` alone. */
  letsIn?: (token: string) => boolean;
  refuse?: { status: number; code: string };
}

/**
 * Acts like Azure Resource Manager: lists event hubs and consumer groups in pages of `pageSize` names, each
 * with a `nextLink` to the next.
 */
export async function startResourceManager(world: ResourceManagerWorld): Promise<LocalResourceManager> {
  const requests: string[] = [];
  const { tls, letsIn = (token: string) => token === "a-token" } = world;
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    requests.push(url.pathname);
    if (world.refuse) return fail(response, world.refuse.status, world.refuse.code);
    const [scheme, token = ""] = (request.headers.authorization ?? "").split(" ");
    if (scheme !== "Bearer" || !letsIn(token)) return fail(response, 401, "AuthenticationFailed");
    if (!url.searchParams.has("api-version")) return fail(response, 400, "MissingApiVersionParameter");
    const names = listOf(world, url.pathname);
    if (names === null) return fail(response, 404, "ResourceNotFound");
    answer(response, url, names, world.pageSize ?? 100);
  };
  const server = tls === undefined ? createServer(serve) : createSecureServer(tls, serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listOf(world: ResourceManagerWorld, path: string): string[] | null {
  const namespace =
    `/subscriptions/${world.subscriptionId}/resourceGroups/${world.resourceGroup}` +
    `/providers/Microsoft.EventHub/namespaces/${world.namespaceName}/eventhubs`;
  if (path === namespace) return Object.keys(world.eventHubs);
  const hub = Object.keys(world.eventHubs).find((name) => path === `${namespace}/${name}/consumergroups`);
  return hub === undefined ? null : (world.eventHubs[hub] ?? null);
}

function answer(response: ServerResponse, url: URL, names: string[], pageSize: number): void {
  const skip = Number(url.searchParams.get("$skip") ?? 0);
  const page = names.slice(skip, skip + pageSize);
  const next = new URL(`${url.pathname}${url.search}`, publicAddress);
  next.searchParams.set("$skip", String(skip + pageSize));
  const value = page.map((name) => ({
    id: `${url.pathname}/${name}`,
    name,
    type: "Microsoft.EventHub/Namespaces/EventHubs",
    location: "West Europe",
    properties: { createdAt: "2026-01-15T12:00:00.1234567Z", updatedAt: "2026-01-15T12:00:00.1234567Z" },
  }));
  send(response, 200, { value, ...(skip + pageSize < names.length && { nextLink: next.href }) });
}

function fail(response: ServerResponse, status: number, code: string): void {
  send(response, status, { error: { code, message: `${code}, as Azure says it.` } });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
