import { expect, it } from "vitest";
import type { StreamRoom } from "#lib/server/access/stream-budget.ts";
import { eventStream, type StreamMessage } from "#lib/server/http/event-stream.ts";

function opened(room?: Partial<StreamRoom>) {
  const held: number[] = [];
  const leaving = new AbortController();
  let tell: (message: StreamMessage) => void = () => {};
  let isSubscribed = true;
  const response = eventStream(
    leaving.signal,
    { wait: (go) => go(), hold: (bytes) => void held.push(bytes), ...room },
    (told) => {
      tell = told;
      return () => {
        isSubscribed = false;
      };
    },
  );
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  const snapshot = (key: string, data: unknown) => tell({ key, event: "snapshot", data: () => data });
  return {
    held,
    leave: () => leaving.abort(),
    read,
    snapshot,
    tell: (m: StreamMessage) => tell(m),
    isOn: () => isSubscribed,
  };
}

const written = (data: unknown) => `event: snapshot\ndata: ${JSON.stringify(data)}\n\n`;

it("tells a reader that keeps up of each refresh", async () => {
  const { read, snapshot } = opened();
  expect(await read()).toBe("retry: 2000\n\n");
  for (const refresh of [1, 2, 3]) {
    snapshot("orders", refresh);
    expect(await read()).toBe(written(refresh));
  }
});

it("keeps only the latest refresh of each hub for a slow reader, and writes none out early", async () => {
  const { read, snapshot, tell, held } = opened();
  await read();
  let isWritten = false;
  const old = () => {
    isWritten = true;
    return "old";
  };
  tell({ key: "orders", event: "snapshot", data: old });
  tell({ key: "orders", event: "reset", data: () => "a reset of that name" });
  snapshot("returns", 1);
  for (let refresh = 2; refresh <= 1_000; refresh += 1) snapshot("orders", refresh);
  expect(await read()).toBe(written(1_000));
  expect(await read()).toBe('event: reset\ndata: "a reset of that name"\n\n');
  expect(await read()).toBe(written(1));
  expect(isWritten).toBe(false);
  // A message counts as under way until the reader asks for the next.
  expect(held.filter((bytes) => bytes > 0)).toEqual([
    "retry: 2000\n\n".length,
    written(1_000).length,
    'event: reset\ndata: "a reset of that name"\n\n'.length,
    written(1).length,
  ]);
});

it("waits for room, and then tells what is the latest by then", async () => {
  const waiting: (() => void)[] = [];
  const { read, snapshot } = opened({ wait: (go) => void waiting.push(go) });
  const first = read();
  await expect.poll(() => waiting).toHaveLength(1);
  waiting.pop()?.();
  await first;
  const second = read();
  snapshot("orders", 1);
  snapshot("orders", 2);
  await expect.poll(() => waiting).toHaveLength(1);
  snapshot("orders", 3);
  expect(waiting).toHaveLength(1);
  waiting.pop()?.();
  expect(await second).toBe(written(3));
});

it("ends with its reader, whatever it waits for", async () => {
  let go = () => {};
  const { read, snapshot, leave, isOn } = opened({
    wait: (next) => {
      go = next;
    },
  });
  const first = read();
  leave();
  expect(isOn()).toBe(false);
  go();
  snapshot("orders", 1);
  expect(await first).toBe("");
});

it("writes out what is made of one refresh once for all who see the same, and again for any other", async () => {
  let source = {};
  let written = 0;
  let text = "";
  const leaving = new AbortController();
  const read = async (reach: string) => {
    const room = { wait: (go: () => void) => go(), hold: () => {} };
    const { body } = eventStream(
      leaving.signal,
      room as unknown as StreamRoom,
      (tell) => {
        tell({ key: "orders", event: "snapshot", data: () => `${++written}${text}`, source });
        return () => {};
      },
      reach,
    );
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    return new TextDecoder().decode((await reader.read()).value);
  };
  const all = [await read("all"), await read("all"), await read("one group")];
  expect(all).toEqual([1, 1, 2].map((count) => `event: snapshot\ndata: "${count}"\n\n`));
  source = {};
  text = "~".repeat(5 * 1024 * 1024);
  for (const reach of ["all", "one group", "all", "one group"]) await read(reach);
  leaving.abort();
  expect(written).toBe(5);
});
