import { currentStreamRoom } from "../access/request-context.ts";
import type { StreamRoom } from "../access/stream-budget.ts";
import type { RouteInput } from "./route.ts";

const keepAliveMs = 15_000;
/** Limits the kept bytes of one refresh. Beyond it each reader's message is written anew. */
const mostKeptBytes = 8 * 1024 * 1024;

export interface StreamMessage {
  key: string;
  event: string;
  data: () => unknown;
  source?: object;
  id?: string;
  /** What this reader gets of the source, of all that its `reach` may see. Called when the reader is ready. */
  form?: () => string;
  /** The fields of its data that are the same in every form. Their bytes are kept and sent once for all. */
  common?: readonly string[];
  sent?: () => void;
}

const sent = new WeakMap<object, { messages: Map<string, Uint8Array>; size: number }>();
const encoder = new TextEncoder();

/** A message in one piece, or in two, of which readers of other forms share the first. */
function bytesOf({ event, id, data, source, form, common }: StreamMessage, reach: string): Uint8Array[] {
  const opening = `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: `;
  const written = (text: string) => encoder.encode(`${text}\n\n`);
  if (source === undefined) return [written(`${opening}${JSON.stringify(data())}`)];
  const kept = sent.get(source) ?? { messages: new Map<string, Uint8Array>(), size: 0 };
  sent.set(source, kept);
  const keptOr = (key: readonly unknown[], write: () => Uint8Array): Uint8Array => {
    const text = JSON.stringify([reach, ...key]);
    const known = kept.messages.get(text);
    if (known !== undefined) return known;
    const bytes = write();
    if (kept.size + bytes.byteLength <= mostKeptBytes) {
      kept.messages.set(text, bytes);
      kept.size += bytes.byteLength;
    }
    return bytes;
  };
  const formKey = form?.() ?? "";
  if (common === undefined) return [keptOr([formKey], () => written(`${opening}${JSON.stringify(data())}`))];
  const fields = once(() => Object.entries(data() as object));
  const textOf = (isCommon: boolean) =>
    JSON.stringify(Object.fromEntries(fields().filter(([name]) => common.includes(name) === isCommon)));
  return [
    keptOr(["common", id], () => encoder.encode(opening + textOf(true).slice(0, -1))),
    keptOr([formKey], () => {
      const own = textOf(false);
      return written(own === "{}" ? "}" : `,${own.slice(1)}`);
    }),
  ];
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function callerStream(
  { request, caller }: Pick<RouteInput<unknown, unknown, unknown>, "request" | "caller">,
  subscribe: (tell: (message: StreamMessage) => void) => () => void,
): Response {
  const reach = JSON.stringify(caller.grants);
  return eventStream(request.signal, currentStreamRoom(), subscribe, reach);
}

/**
 * Responds with Server-Sent Events. Sends one message at a time: while a reader is slow, a later message with
 * the same key replaces the one that waits.
 * @param signal aborts when the viewer leaves (Next's server does not call the stream's `cancel`)
 * @param room limits the bytes on their way to all readers
 * @param reach the grants of the caller: the same reach, source and form get the same bytes
 */
export function eventStream(
  signal: AbortSignal,
  room: StreamRoom,
  subscribe: (tell: (message: StreamMessage) => void) => () => void,
  reach = "",
): Response {
  const waiting = new Map<string, () => Uint8Array[]>();
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
          const pieces = write();
          isReady = false;
          room.hold(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
          for (const piece of pieces) controller.enqueue(piece);
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
        const put = (key: string, write: () => Uint8Array[]) => {
          waiting.set(key, write);
          flush();
        };
        // Sent at once to show that the stream is open.
        put("retry", () => [encoder.encode("retry: 2000\n\n")]);
        const unsubscribe = subscribe((message) =>
          put(`${message.event} ${message.key}`, () => {
            const bytes = bytesOf(message, reach);
            message.sent?.();
            return bytes;
          }),
        );
        const keepAlive = setInterval(() => {
          if (isReady && waiting.size === 0) put("still", () => [encoder.encode(": still here\n\n")]);
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
