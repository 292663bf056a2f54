import { EventEmitter } from "node:events";
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type AdmittedCaller, nobody } from "#lib/server/access/caller.ts";
import { Streams } from "#lib/server/access/streams.ts";

class FakeResponse extends EventEmitter {
  isOpen = true;
  destroy(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.emit("close");
  }
}

const open = (streams: Streams, over: Partial<AdmittedCaller>, sessionId: string | null = "s") => {
  const response = new FakeResponse();
  const caller: AdmittedCaller = { ...nobody, kind: "person", key: "person 1", ...over };
  streams.hold(caller, sessionId, response as unknown as ServerResponse, Date.now());
  return response;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("ends a stream with the session or the token that opened it", () => {
  const streams = new Streams();
  const until = Date.now() + 60_000;
  const ending = open(streams, { until });
  const lasting = open(streams, { until: null });
  const token = open(streams, { until: Date.now() + 3_000_000_000, kind: "token" }, null);
  vi.advanceTimersByTime(59_999);
  expect(ending.isOpen).toBe(true);
  vi.advanceTimersByTime(1);
  expect([ending, lasting, token].map(({ isOpen }) => isOpen)).toEqual([false, true, true]);
});

it("leaves no timer behind when a stream ends by itself", () => {
  open(new Streams(), { until: Date.now() + 60_000 }).destroy();
  expect(vi.getTimerCount()).toBe(0);
});

it("cuts off only the streams of a session that was signed out", () => {
  const streams = new Streams();
  const mine = open(streams, {}, "mine");
  const other = open(streams, {}, "other");
  streams.cut("person 1", "mine");
  expect([mine.isOpen, other.isOpen]).toEqual([false, true]);
});

it("lets one caller open no more than fifty", () => {
  const streams = new Streams();
  const opened = Array.from({ length: 50 }, () => open(streams, {}));
  expect(() => open(streams, {})).toThrow(
    expect.objectContaining({
      code: "tooManyRequests",
      message: expect.stringMatching(/^50 streams/),
      retryAfterSeconds: 30,
    }),
  );
  opened[0]?.destroy();
  expect(open(streams, {}).isOpen).toBe(true);
});
