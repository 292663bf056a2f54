import { currentStreamRoom } from "../access/request-context.ts";
import type { StreamRoom } from "../access/stream-budget.ts";

const keepAliveMs = 15_000;

/** An event for a reader. While waiting, a later one with the same key replaces it. */
export interface StreamMessage {
  key: string;
  event: string;
  data: () => unknown;
}

export function callerStream(
  signal: AbortSignal,
  subscribe: (tell: (message: StreamMessage) => void) => () => void,
): Response {
  return eventStream(signal, currentStreamRoom(), subscribe);
}

/**
 * Responds with Server-Sent Events. Sends one message at a time: a slow reader only gets the latest of each
 * key.
 * @param signal aborts when the viewer leaves (Next's server does not call the stream's `cancel`)
 * @param room limits the bytes on their way to all readers
 * @param subscribe gets `tell` and returns a function to unsubscribe
 */
export function eventStream(
  signal: AbortSignal,
  room: StreamRoom,
  subscribe: (tell: (message: StreamMessage) => void) => () => void,
): Response {
  const encoder = new TextEncoder();
  const waiting = new Map<string, () => string>();
  let end = () => {};
  let pull = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let isOver = false;
        let isReady = false;
        let isAsking = false;
        const send = () => {
          isAsking = false;
          if (isOver || !isReady) return;
          const [next] = waiting;
          if (next === undefined) return;
          const [key, write] = next;
          waiting.delete(key);
          const bytes = encoder.encode(write());
          isReady = false;
          room.hold(bytes.byteLength);
          controller.enqueue(bytes);
        };
        const flush = () => {
          if (isOver || !isReady || isAsking || waiting.size === 0) return;
          isAsking = true;
          room.wait(send);
        };
        pull = () => {
          isReady = true;
          room.hold(0);
          flush();
        };
        const put = (key: string, write: () => string) => {
          waiting.set(key, write);
          flush();
        };
        // Sent at once to show that the stream is open.
        put("retry", () => "retry: 2000\n\n");
        const unsubscribe = subscribe(({ key, event, data }) =>
          put(`${event} ${key}`, () => `event: ${event}\ndata: ${JSON.stringify(data())}\n\n`),
        );
        const keepAlive = setInterval(() => {
          if (isReady && waiting.size === 0) put("still", () => ": still here\n\n");
        }, keepAliveMs);
        end = () => {
          if (isOver) return;
          isOver = true;
          clearInterval(keepAlive);
          waiting.clear();
          unsubscribe();
          controller.close();
        };
        signal.addEventListener("abort", () => end(), { once: true });
        if (signal.aborted) end();
      },
      pull: () => pull(),
      cancel: () => end(),
    },
    // Pulls a message only when the previous one went to the socket.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
