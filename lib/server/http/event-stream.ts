const keepAliveMs = 15_000;
/** A viewer that takes nothing while this many bytes wait for it is cut off; it comes back by itself. */
const maxWaitingBytes = 16 * 1024 * 1024;

/**
 * A response of Server-Sent Events.
 * @param signal aborts when the viewer leaves (the stream's own `cancel` is not called by Next's server)
 * @param subscribe is handed `send`, and answers the function that ends the subscription
 */
export function eventStream(
  signal: AbortSignal,
  subscribe: (send: (event: string, data: unknown) => void) => () => void,
): Response {
  const encoder = new TextEncoder();
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (text: string) => {
          if ((controller.desiredSize ?? 0) <= 0) {
            end();
            return;
          }
          controller.enqueue(encoder.encode(text));
        };
        // Told at once, so that a viewer knows the stream stands before the first refresh.
        write("retry: 2000\n\n");
        const unsubscribe = subscribe((event, data) =>
          write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
        );
        const keepAlive = setInterval(() => write(": still here\n\n"), keepAliveMs);
        end = () => {
          end = () => {};
          clearInterval(keepAlive);
          unsubscribe();
          controller.close();
        };
        signal.addEventListener("abort", () => end(), { once: true });
        if (signal.aborted) {
          end();
        }
      },
      cancel: () => end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxWaitingBytes }),
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
