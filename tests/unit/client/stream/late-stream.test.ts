import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ClientError, unreachable } from "#lib/client/http/client-error.ts";
import { lateStream } from "#lib/client/stream/late-stream.ts";
import { UpdateStream } from "#lib/client/stream/update-stream.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function world() {
  const urls: string[] = [];
  const loads: PromiseWithResolvers<void>[] = [];
  const stream = lateStream(async (state) => {
    const load = Promise.withResolvers<void>();
    loads.push(load);
    await load.promise;
    return new UpdateStream({
      state,
      open: (url) => {
        urls.push(url);
        return { onopen: null, onerror: null, addEventListener: () => {}, close: () => {} };
      },
      parse: async () => null,
      now: Date.now,
      silenceMs: 40_000,
    });
  });
  const watch = (hub: string) =>
    stream.watch({ query: { hub }, onEvent: () => {}, onOpen: () => {}, onResume: () => {} });
  const end = async (how: (load: PromiseWithResolvers<void>) => void) => {
    const load = loads.at(-1);
    if (load === undefined) throw new Error("Nothing is loaded.");
    how(load);
    await vi.advanceTimersByTimeAsync(0);
  };
  const phase = () => stream.state.get().phase;
  return { stream, urls, loads, watch, phase, loaded: () => end(({ resolve }) => resolve()), end };
}

it("loads with the first watch, and opens what is watched by then", async () => {
  const { urls, loads, watch, phase, loaded } = world();
  expect([loads.length, phase()]).toEqual([0, "idle"]);
  const leaveFirst = watch("orders");
  expect(phase()).toBe("connecting");
  leaveFirst();
  expect(phase()).toBe("idle");
  const leave = watch("billing");
  await loaded();
  expect(loads).toHaveLength(1);
  expect(urls).toEqual(["/api/v1/stream?hub=billing"]);
  leave();
  expect(phase()).toBe("idle");
  watch("orders");
  expect(urls).toHaveLength(2);
});

it("stays paused when paused before it is loaded, and opens when it goes on", async () => {
  const { stream, urls, watch, phase, loaded } = world();
  watch("orders");
  stream.pause();
  stream.leave();
  stream.comeBack();
  await loaded();
  expect([phase(), urls.length]).toEqual(["paused", 0]);
  stream.resume();
  expect([phase(), urls.length]).toEqual(["connecting", 1]);
});

it("goes on before it is loaded as if it had not been away", async () => {
  const { stream, urls, watch, phase, loaded } = world();
  watch("orders");
  stream.leave();
  expect(phase()).toBe("away");
  stream.comeBack();
  expect(phase()).toBe("connecting");
  await loaded();
  expect(urls).toHaveLength(1);
});

it("loads again while the server is away, and says so", async () => {
  const { urls, loads, watch, phase, loaded, end } = world();
  watch("orders");
  await end(({ reject }) => reject(unreachable(new Error("away"))));
  expect(phase()).toBe("reconnecting");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(loads).toHaveLength(2);
  await loaded();
  expect([phase(), urls.length]).toEqual(["connecting", 1]);
});

it("tells that the page is too old when the server no longer has it", async () => {
  const { stream, loads, watch, end } = world();
  watch("orders");
  await end(({ reject }) => reject(new ClientError("newVersion", "A new version is running.")));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loads).toHaveLength(1);
  expect(stream.state.get().outdated).toBe(true);
});

it("loads again what was missing for a moment, and takes back that the page is too old", async () => {
  const { stream, urls, loads, watch, loaded, end } = world();
  watch("orders");
  await end(({ reject }) => reject(new ClientError("partMissing", "A part is missing.")));
  expect(stream.state.get().outdated).toBe(true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(loads).toHaveLength(2);
  await loaded();
  expect(stream.state.get().outdated).toBe(false);
  expect(urls).toHaveLength(1);
});
