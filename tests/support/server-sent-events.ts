export interface EventReader {
  /** Returns the data of the next event with that name. Rejects when the stream ends first. */
  next(name: string): Promise<unknown>;
  close(): void;
}

export async function readEvents(url: string, init: RequestInit = {}): Promise<EventReader> {
  const leaving = new AbortController();
  const response = await fetch(url, { ...init, signal: leaving.signal });
  if (response.body === null || !response.headers.get("content-type")?.startsWith("text/event-stream")) {
    throw new Error(`${url} answered ${response.status} ${response.headers.get("content-type")}, no stream.`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  const nextBlock = async (): Promise<string> => {
    for (;;) {
      const end = rest.indexOf("\n\n");
      if (end !== -1) {
        const block = rest.slice(0, end);
        rest = rest.slice(end + 2);
        return block;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error("The stream ended.");
      rest += value;
    }
  };
  return {
    next: async (name) => {
      for (;;) {
        const lines = (await nextBlock()).split("\n");
        if (lines.includes(`event: ${name}`)) {
          return JSON.parse(lines.find((line) => line.startsWith("data: "))?.slice(6) ?? "null");
        }
      }
    },
    close: () => leaving.abort(),
  };
}
