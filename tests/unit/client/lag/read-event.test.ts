import { describe, expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { showLines } from "#lib/client/format/foreign-text.ts";
import { eventsAround, filterEvents, hexRows, joinEvents, whyNoEvents } from "#lib/client/lag/read-event.ts";
import { fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

const at = (sequenceNumber: number | null, more: Partial<GroupPartition> = {}) => {
  const { checkpoint, ...rest } = fixtureGroupPartition({ lastEnqueuedSequenceNumber: 9_000, ...more });
  return eventsAround({ ...rest, checkpoint: checkpoint && { ...checkpoint, sequenceNumber } }).map(
    ({ which, sequenceNumber: number, whyNot }) => [which, number, whyNot === null],
  );
};

describe("the events around a checkpoint", () => {
  it("are the event at it and the next one", () => {
    expect(at(8_000)).toEqual([
      ["checkpoint", 8_000, true],
      ["next", 8_001, true],
    ]);
    expect(at(9_000)).toEqual([
      ["checkpoint", 9_000, true],
      ["next", 9_001, false],
    ]);
  });

  it("are reported as gone when retention has removed them", () => {
    expect(at(1_000)).toEqual([
      ["checkpoint", 1_000, true],
      ["next", 1_001, true],
    ]);
    expect(at(998, { lagState: "behindRetention" })).toEqual([
      ["checkpoint", 998, false],
      ["next", 1_000, true],
    ]);
    expect(at(9_000, { lagState: "empty" })).toEqual([
      ["checkpoint", 9_000, false],
      ["next", 9_001, false],
    ]);
  });

  it("are empty without a position", () => {
    expect(at(null)).toEqual([]);
    expect(at(-1, { lagState: "noCheckpoint" })).toEqual([]);
    expect(at(99_000, { lagState: "ahead" })).toEqual([]);
    expect(eventsAround(fixtureGroupPartition({ checkpoint: null }))).toEqual([]);
    expect(at(8_000, { beginningSequenceNumber: null })).toEqual([]);
    expect(at(-1, { beginningSequenceNumber: 0 })).toEqual([["next", 0, true]]);
  });

  it("can be read unless the group is owned and has no other reader", () => {
    expect([whyNoEvents(true, true), whyNoEvents(false, false)]).toEqual([null, null]);
    expect(whyNoEvents(false, true)).toContain("inspectionConsumerGroup");
  });
});

it("shows bytes in rows of 16 with their positions", () => {
  expect(hexRows("00".repeat(17))).toBe(`0000  ${"00 ".repeat(15)}00\n0010  00`);
  expect(hexRows("")).toBe("");
});

it("keeps line ends in a foreign text, but nothing misleading", () => {
  expect(showLines("a\tb\r\nc\u202Ed\u001B[2J")).toBe("a\tb\r\nc\uFFFDd\uFFFD[2J");
});

describe("events that were read", () => {
  const event = (sequenceNumber: number, more: Partial<ReadEvent> = {}): ReadEvent => ({
    partitionId: "0",
    sequenceNumber,
    offset: "1",
    enqueuedAt: "2026-03-02T12:00:00.000Z",
    readAs: "tidemark",
    partitionKey: null,
    contentType: null,
    messageId: null,
    correlationId: null,
    properties: [],
    systemProperties: [],
    body: { kind: "text", preview: "{}", bytes: 2, isCut: false },
    ...more,
  });
  const numbers = (events: readonly ReadEvent[]) => events.map(({ sequenceNumber }) => sequenceNumber);

  it("stand in the order of the stream, each once", () => {
    expect(numbers(joinEvents([event(7), event(8)], [event(5), event(7)]))).toEqual([5, 7, 8]);
  });

  it("are found by anything that they carry, without case", () => {
    const body = { kind: "text" as const, preview: '{"Order":12}', bytes: 12, isCut: false };
    const properties = [{ name: "Type", value: "refund", isCut: false }];
    const events = [event(1, { body }), event(2, { properties }), event(3, { partitionKey: "Customer-7" })];
    expect(numbers(filterEvents(events, "order"))).toEqual([1]);
    expect(numbers(filterEvents(events, "REFUND"))).toEqual([2]);
    expect(numbers(filterEvents(events, " customer-7 "))).toEqual([3]);
    expect(numbers(filterEvents(events, ""))).toEqual([1, 2, 3]);
    expect(filterEvents(events, "nowhere")).toEqual([]);
  });
});
