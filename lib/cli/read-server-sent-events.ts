/** One event of a stream: its name, and its data as it came. */
export interface ServerSentEvent {
  event: string;
  data: string;
}

/** More than a snapshot of 2,048 partitions takes. */
const mostCharacters = 16 * 1_048_576;

/** The events of a stream as they come; comments are left aside. @throws Error where one grows past all bounds */
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
