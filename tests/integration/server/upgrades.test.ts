import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "#tests/support/free-port.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startIdleDashboard } from "#tests/support/worlds/idle-dashboard.ts";

let dashboard: TestDashboard;
let withOperations: TestDashboard;
let operations: string;

beforeAll(async () => {
  const port = await freePort();
  operations = `http://127.0.0.1:${port}`;
  [dashboard, withOperations] = await Promise.all([
    startIdleDashboard({}, {}),
    startIdleDashboard({}, { TIDEMARK_OPERATIONS_PORT: String(port) }),
  ]);
  // Next looks for a server to listen on at its first request, on each port.
  const first = [
    `${dashboard.url}/api/v1/openapi.json`,
    `${withOperations.url}/api/v1/openapi.json`,
    `${operations}/healthz`,
  ];
  for (const url of first) expect((await fetch(url)).status).toBe(200);
});
afterAll(() => Promise.all([dashboard?.end(), withOperations?.end()]));

interface Closed {
  told: string;
  isEnded: boolean;
}

/**
 * Sends the head, never ends its own side, and waits until the connection is over. `isEnded` tells that the
 * other side ended it in good order.
 */
function send(head: readonly string[], to = dashboard.url): Promise<Closed> {
  const { port } = new URL(to);
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    let told = "";
    socket.setEncoding("utf8").on("data", (part) => {
      told += part;
    });
    socket.once("error", () => resolve({ told, isEnded: false }));
    socket.once("end", () => {
      resolve({ told, isEnded: true });
      socket.destroy();
    });
  });
}

const upgrade = (path: string, protocol: string, host = "localhost") => [
  `GET ${path} HTTP/1.1`,
  `Host: ${host}`,
  "Connection: Upgrade",
  `Upgrade: ${protocol}`,
];

it.each([
  ["/x", "x"],
  ["/", "websocket"],
  ["/_next/webpack-hmr", "websocket"],
  ["/api/v1/event-hubs", "TLS/1.3"],
])("refuses an upgrade of %s to %s, and hangs up", async (path, protocol) => {
  const { told, isEnded } = await send(upgrade(path, protocol));
  expect(told).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\nConnection: close\r\n/);
  expect(JSON.parse(told.split("\r\n\r\n")[1] ?? "")).toEqual({
    error: {
      code: "invalidRequest",
      message: "The dashboard speaks HTTP alone: send the request without Upgrade.",
      requestId: expect.stringMatching(/^[\w-]{36}$/),
    },
  });
  expect(isEnded).toBe(true);
});

it("refuses an upgrade by a foreign host name", async () => {
  const { told } = await send(upgrade("/x", "websocket", "evil.example"));
  expect(told).toMatch(/^HTTP\/1\.1 403 [\s\S]*"forbidden"/);
});

it("answers an offer of HTTP/2 in HTTP/1.1 like any request, and hangs up", async () => {
  const { told, isEnded } = await send(upgrade("/api/v1/event-hubs", "h2c"));
  expect(told).toMatch(/^HTTP\/1\.1 200 [\s\S]*"eventHubs"/);
  expect(isEnded).toBe(true);
});

it("refuses upgrades on the port of probes and metrics", async () => {
  expect((await send(upgrade("/healthz", "websocket"), operations)).told).toMatch(/^HTTP\/1\.1 400 /);
});

it("ends a requested tunnel", async () => {
  expect((await send(["CONNECT localhost:22 HTTP/1.1", "Host: localhost"])).told).toBe("");
});

it.each<[number, string, () => { flooded: string; health: string }]>([
  [5_000, "its own", () => ({ flooded: dashboard.url, health: dashboard.url })],
  [500, "the operations", () => ({ flooded: withOperations.url, health: operations })],
])("answers %i upgrades, keeps no socket, and is healthy on %s port meanwhile", async (count, _, on) => {
  const { flooded, health } = on();
  const left = Array.from({ length: count }, () => upgrade("/x", "x"));
  const answers: Closed[] = [];
  // One client can have this many under way. Each sender waits for the hang-up before it sends the next.
  const senders = Array.from({ length: 500 }, async () => {
    for (let head = left.pop(); head !== undefined; head = left.pop())
      answers.push(await send(head, flooded));
  });
  const during = await Promise.all([fetch(`${health}/healthz`), fetch(`${flooded}/api/v1/me`)]);
  await Promise.all(senders);
  expect(answers.filter(({ told, isEnded }) => !isEnded || !told.startsWith("HTTP/1.1 400 "))).toEqual([]);
  expect(answers).toHaveLength(count);
  expect(during.map(({ status }) => status)).toEqual([200, 200]);
  expect((await fetch(`${health}/healthz`)).status).toBe(200);
  expect((await fetch(`${flooded}/api/v1/me`)).status).toBe(200);
});
