import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { pipeToNodeResponse } from "next/dist/server/pipe-readable.js";
import { expect, it, onTestFinished } from "vitest";
import { createDoor } from "#lib/server/access/door.ts";
import { Streams } from "#lib/server/access/streams.ts";
import { accessSchema } from "#lib/server/config/access-config.ts";
import { readAccess } from "#lib/server/config/access-settings.ts";
import { eventStream, type StreamMessage } from "#lib/server/http/event-stream.ts";
import { listen } from "#lib/server/http/server.ts";
import { makeAccounts } from "#tests/support/fixtures/accounts.ts";

const megabyte = 1024 * 1024;
const limits = { ofOne: 2 * megabyte, ofAll: 4 * megabyte, patienceMs: 200 };
const text = "~".repeat(megabyte / 2);
const { entries, headers } = makeAccounts({ stuck: { role: "viewer" }, calm: { role: "viewer" } });

/** Starts the product's door and stream behind a real listener, piped as Next does. */
async function startStreams() {
  const streams = new Streams(limits);
  const access = readAccess({}, accessSchema.parse({ tokens: entries }), null, (fault) => {
    throw new Error(fault);
  });
  const door = createDoor(access, async () => {}, { streams });
  const readers = new Set<(message: StreamMessage) => void>();
  const responses = new Set<ServerResponse>();
  const { server, url } = await listen(
    { hostname: "127.0.0.1", port: 0, publicUrl: null, allowedHosts: [] },
    async (request, response) => {
      const context = await door.receive(request, response);
      if (context?.streamRoom == null) return;
      responses.add(response);
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      const { body } = eventStream(gone.signal, context.streamRoom, (tell) => {
        readers.add(tell);
        return () => readers.delete(tell);
      });
      if (body !== null) await pipeToNodeResponse(body, response);
    },
  );
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  let refreshes = 0;
  return {
    streams,
    port: Number(new URL(url).port),
    open: () => readers.size,
    buffered: () => [...responses].reduce((sum, response) => sum + response.writableLength, 0),
    refresh: async () => {
      refreshes += 1;
      const data = { refresh: refreshes, text };
      for (const tell of readers) tell({ key: "orders", event: "snapshot", data: () => data });
      await new Promise(setImmediate);
      return refreshes;
    },
  };
}

function ask(port: number, who: keyof typeof headers): Socket {
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  socket.pause();
  onTestFinished(() => void socket.destroy());
  socket.write(
    `GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${headers[who].authorization}\r\n\r\n`,
  );
  return socket;
}

function follow(socket: Socket): () => number {
  let last = 0;
  let head = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    // Without its long text a message is short, and complete once the text's end has arrived.
    head = (head + part).replace(/~+/g, "");
    for (const [, refresh] of head.matchAll(/"refresh":(\d+),"text":""/g)) last = Number(refresh);
    head = head.slice(-200);
  });
  socket.resume();
  return () => last;
}

it("keeps no more than one caller's share for fifty unread streams, and still tells the others", async () => {
  const { streams, port, open, buffered, refresh } = await startStreams();
  for (let count = 0; count < 49; count += 1) ask(port, "stuck");
  const mine = follow(ask(port, "stuck"));
  const other = follow(ask(port, "calm"));
  await expect.poll(open).toBe(51);
  const most = { held: 0, buffered: 0 };
  const atLeast = async (count: number) => {
    const told = await refresh();
    most.held = Math.max(most.held, streams.budget.held);
    most.buffered = Math.max(most.buffered, buffered());
    return told >= count && most.held >= limits.ofOne;
  };
  // The kernel takes the first messages. Later ones stay here.
  await expect.poll(() => atLeast(40), { timeout: 20_000, interval: 5 }).toBe(true);
  const oneMore = text.length + 1_000;
  expect(most.held).toBeLessThan(limits.ofOne + 2 * oneMore);
  // Small messages go to the socket uncounted.
  expect(most.buffered).toBeLessThan(limits.ofOne + 2 * oneMore + 51 * 64 * 1024);
  const latest = await refresh();
  await expect.poll(other, { timeout: 10_000 }).toBeGreaterThanOrEqual(latest);
  await expect.poll(mine, { timeout: 20_000 }).toBeGreaterThanOrEqual(latest);
});

it("leaves unread streams open while there is room for all", async () => {
  const { streams, port, open, refresh } = await startStreams();
  for (let count = 0; count < 3; count += 1) ask(port, "stuck");
  await expect.poll(open).toBe(3);
  for (let count = 0; count < 40; count += 1) await refresh();
  await pause(limits.patienceMs * 2);
  expect(open()).toBe(3);
  expect(streams.budget.held).toBeLessThanOrEqual(3 * (text.length + 1_000));
});
