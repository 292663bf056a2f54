export interface ServerSentEvent {
  event: string;
  data: string;
}

/** More than a snapshot of 2,048 partitions needs. */
const mostCharacters = 16 * 1_048_576;

/**
 * Yields a stream's events without its comments.
 * @throws Error for an event beyond all bounds
 */
export async function* readServerSentEvents(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ServerSentEvent> {
  let rest = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    rest += part.replaceAll("\r\n", "\n");
    if (rest.length > mostCharacters) throw new Error("An event of the stream is too large.");
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n");
      const field = (name: string) =>
        lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
      const data = field("data");
      if (data.length > 0) yield { event: field("event")[0] ?? "message", data: data.join("\n") };
    }
  }
}
