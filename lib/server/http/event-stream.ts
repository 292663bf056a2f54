import { currentStreamRoom } from "../access/request-context.ts";
import type { StreamRoom } from "../access/stream-budget.ts";

const keepAliveMs = 15_000;

/** An event for the reader. While it waits, a later one with the same key takes its place. */
export interface StreamMessage {
  key: string;
  event: string;
  /** Called when the reader is ready for it. */
  data: () => unknown;
}

/** The stream that the door has let in with this request, within the room that it has there. */
export function callerStream(
  signal: AbortSignal,
  subscribe: (tell: (message: StreamMessage) => void) => () => void,
): Response {
  return eventStream(signal, currentStreamRoom(), subscribe);
}

/**
 * A response of Server-Sent Events. One message at a time is on its way: for a slow reader the latest of each key
 * waits, not yet written out, and nothing else.
 * @param signal aborts when the viewer leaves (the stream's own `cancel` is not called by Next's server)
 * @param room bounds what is on its way to all readers together
 * @param subscribe is handed `tell`, and answers the function that ends the subscription
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
        // Told at once, so that a viewer knows the stream stands before the first refresh.
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
    // Asked for a message only when the one before has gone to the socket.
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
