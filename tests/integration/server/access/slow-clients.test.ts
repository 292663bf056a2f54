import type { Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listen } from "#lib/server/http/server.ts";

const limits = { headMs: 300, requestMs: 600, stillMs: 1_200 };
const host = "Host: localhost\r\n";
let server: Server;
let port: number;

beforeAll(async () => {
  const config = { hostname: "127.0.0.1", port: 0, publicUrl: null, allowedHosts: [] };
  const listening = await listen(
    config,
    (request, response) => {
      if (request.url === "/still") response.write("the beginning");
      else request.resume().once("end", () => response.end("all"));
    },
    limits,
  );
  server = listening.server;
  port = Number(new URL(listening.url).port);
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

function send(texts: readonly string[], everyMs = 0): Promise<{ told: string; ms: number }> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const rest = [...texts];
    const timer = setInterval(() => {
      const text = rest.shift();
      if (text !== undefined && socket.writable) socket.write(text);
    }, everyMs);
    let told = "";
    socket.setEncoding("utf8").on("data", (part) => {
      told += part;
    });
    socket.on("error", () => {});
    socket.once("close", () => {
      clearInterval(timer);
      resolve({ told, ms: performance.now() - startedAt });
    });
  });
}

const drip = Array.from({ length: 200 }, () => "x");

it.each([
  ["sends the head byte by byte", ["GET / HTTP/1.1\r\n", host, "X-Slow: ", ...drip], limits.headMs],
  [
    "sends the body byte by byte",
    [`POST /api/x HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n`, ...drip],
    limits.requestMs,
  ],
  [
    "never ends a body of no stated length",
    [
      `POST /api/x HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      ...drip.map((text) => `1\r\n${text}\r\n`),
    ],
    limits.requestMs,
  ],
  ["says nothing at all", [], limits.headMs],
  ["waits for an answer that stands still", [`GET /still HTTP/1.1\r\n${host}\r\n`], limits.stillMs],
])("whoever %s is cut off in time", async (_, texts, afterMs) => {
  const { ms } = await send(texts, 40);
  expect(ms).toBeGreaterThan(afterMs * 0.9);
  expect(ms).toBeLessThan(afterMs + 4_000);
});

it("takes a hundred headers and no more, and does not take a part of them", async () => {
  const headers = (count: number) =>
    Array.from({ length: count }, (_, index) => `X-${index}: a\r\n`).join("");
  const ask = (count: number) =>
    send([`GET / HTTP/1.1\r\n${host}Connection: close\r\n${headers(count)}\r\n`]);
  expect((await ask(98)).told).toMatch(/^HTTP\/1\.1 200 [\s\S]*all$/);
  for (const count of [99, 500]) expect((await ask(count)).told).toMatch(/^HTTP\/1\.1 431 /);
});

it.each([
  ["a head that is too large", `GET / HTTP/1.1\r\n${host}X-Large: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  [
    "an address that is too long",
    `GET /${"x".repeat(5_000)} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
    400,
  ],
  ["two lengths", `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
  [
    "a length and chunks",
    `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ["a header with a NUL", `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`, 400],
  ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
  ["what is no HTTP", "\x16\x03\x01\x02\x00\r\n\r\n", 400],
])("refuses %s", async (_, text, status) => {
  expect((await send([text])).told).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});
