import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StreamEvent } from "#lib/api/stream.ts";
import { createStreamState } from "#lib/client/stream/stream-state.ts";
import { type EventName, type Source, streamUrl, UpdateStream } from "#lib/client/stream/update-stream.ts";

class FakeSource implements Source {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  readonly url: string;
  readonly #listeners = new Map<EventName, (event: { data: string }) => void>();
  constructor(url: string) {
    this.url = url;
  }
  addEventListener(type: EventName, listener: (event: { data: string }) => void): void {
    this.#listeners.set(type, listener);
  }
  send(data: string, type: EventName = "snapshot"): void {
    this.#listeners.get(type)?.({ data });
  }
  close(): void {
    this.closed = true;
  }
}

function world() {
  const sources: FakeSource[] = [];
  const stream = new UpdateStream({
    state: createStreamState(),
    open: (url) => {
      const source = new FakeSource(url);
      sources.push(source);
      return source;
    },
    parse: async (event, data) => {
      if (data === "too early") throw new Error("What reads it could not be loaded.");
      return data === "odd" ? null : ({ event, data: { eventHub: {}, ...JSON.parse(data) } } as StreamEvent);
    },
    now: Date.now,
    silenceMs: 40_000,
  });
  const seen: string[] = [];
  const opened = vi.fn();
  const resumed = vi.fn();
  const newest = () => {
    const source = sources.at(-1);
    if (source === undefined) throw new Error("No stream was opened.");
    return source;
  };
  const watch = (hub?: string) =>
    stream.watch({
      query: hub === undefined ? {} : { hub },
      onEvent: ({ event, data }) => {
        if (event === "configuration") seen.push(`configuration ${data.isFaulty}`);
        else seen.push(event === "reset" ? `reset ${data.id}` : data.hub);
      },
      onOpen: opened,
      onResume: resumed,
    });
  return { stream, sources, seen, opened, resumed, newest, watch, phase: () => stream.state.get().phase };
}

describe("the live stream", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("passes snapshots on and closes when the page is left", async () => {
    const { watch, newest, seen, phase } = world();
    const stop = watch("orders");
    expect(newest().url).toBe("/api/v1/stream?hub=orders");
    newest().onopen?.();
    expect(phase()).toBe("live");
    newest().send('{"hub":"orders"}');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual(["orders"]);
    stop();
    expect([newest().closed, phase()]).toEqual([true, "idle"]);
  });

  it("opens a new stream when the snapshot that the next one builds on is missing", async () => {
    const { watch, newest, sources, seen } = world();
    watch("orders");
    newest().onopen?.();
    newest().send('{"hub":"orders","id":"1","full":true,"partitions":[]}');
    newest().send('{"hub":"orders","id":"2","full":false,"after":"1","partitions":[]}');
    newest().send('{"hub":"orders","id":"4","full":false,"after":"3","partitions":[]}');
    await vi.advanceTimersByTimeAsync(2_000);
    expect([seen, sources.length]).toEqual([["orders", "orders"], 2]);
    // The new stream does not know the old one's snapshots.
    newest().onopen?.();
    newest().send('{"hub":"orders","id":"3","full":false,"after":"2","partitions":[]}');
    await vi.advanceTimersByTimeAsync(2_000);
    expect([seen.length, sources.length]).toEqual([2, 3]);
  });

  it("distinguishes steps of resets from snapshots", async () => {
    const { watch, newest, seen } = world();
    watch("orders");
    newest().send('{"id":"r1"}', "reset");
    newest().send('{"hub":"orders"}');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual(["reset r1", "orders"]);
  });

  it("retries with growing pauses, and has missed data fetched", async () => {
    const { watch, sources, newest, opened, resumed, phase } = world();
    watch();
    expect(opened).not.toHaveBeenCalled();
    newest().onopen?.();
    expect([opened.mock.calls.length, resumed.mock.calls.length]).toEqual([1, 0]);
    newest().onerror?.();
    expect([phase(), sources[0]?.closed]).toEqual(["reconnecting", true]);
    await vi.advanceTimersByTimeAsync(1_300);
    expect(sources).toHaveLength(2);
    newest().onerror?.();
    await vi.advanceTimersByTimeAsync(1_300);
    expect(sources).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_300);
    expect(sources).toHaveLength(3);
    newest().onopen?.();
    expect([phase(), opened.mock.calls.length, resumed.mock.calls.length]).toEqual(["live", 1, 1]);
  });

  it("never waits longer than about half a minute", async () => {
    const { watch, sources, newest } = world();
    watch();
    for (let i = 0; i < 12; i++) {
      newest().onerror?.();
      await vi.advanceTimersByTimeAsync(38_000);
    }
    expect(sources).toHaveLength(13);
  });

  it("takes silence for a dead stream", async () => {
    const { watch, newest, phase } = world();
    watch();
    newest().onopen?.();
    await vi.advanceTimersByTimeAsync(39_000);
    newest().send('{"hub":"orders"}');
    await vi.advanceTimersByTimeAsync(39_000);
    expect(phase()).toBe("live");
    await vi.advanceTimersByTimeAsync(1_100);
    expect(phase()).toBe("reconnecting");
  });

  it("stays paused through a change of page, and resumes when told", () => {
    const { stream, watch, sources, newest, resumed, phase } = world();
    watch()();
    stream.pause();
    watch("telemetry");
    expect([phase(), sources.length]).toEqual(["paused", 1]);
    stream.leave();
    stream.comeBack();
    expect(phase()).toBe("paused");
    stream.resume();
    newest().onopen?.();
    expect([phase(), newest().url, resumed.mock.calls.length]).toEqual([
      "live",
      "/api/v1/stream?hub=telemetry",
      1,
    ]);
  });

  it("disconnects while the tab is hidden", () => {
    const { stream, watch, newest, phase } = world();
    watch();
    newest().onopen?.();
    stream.leave();
    expect([phase(), newest().closed]).toEqual(["away", true]);
    stream.comeBack();
    expect(phase()).toBe("connecting");
  });

  it("says when it no longer understands the server", async () => {
    const { stream, watch, newest, seen } = world();
    watch();
    newest().send("odd");
    await vi.advanceTimersByTimeAsync(0);
    expect([stream.state.get().outdated, seen]).toEqual([true, []]);
  });

  it("fetches what it missed before it could read events", async () => {
    const { stream, watch, newest, phase, resumed } = world();
    watch();
    newest().onopen?.();
    newest().send("too early");
    await vi.advanceTimersByTimeAsync(0);
    expect([phase(), stream.state.get().outdated]).toEqual(["reconnecting", false]);
    await vi.advanceTimersByTimeAsync(1_300);
    newest().onopen?.();
    expect([phase(), resumed.mock.calls.length]).toEqual(["live", 1]);
  });

  it("ignores a stream that was left", async () => {
    const { watch, sources, seen } = world();
    watch("orders");
    watch("telemetry");
    sources[0]?.send('{"hub":"orders"}');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual([]);
  });
});

it("puts only the requested parts into the address", () => {
  expect(streamUrl({})).toBe("/api/v1/stream");
  expect(streamUrl({ hub: "a b", group: "$Default" })).toBe("/api/v1/stream?hub=a+b&group=%24Default");
});
