import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { type PartitionLagInput, partitionLag } from "#lib/lag/partition-lag.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, createdOn, partition } from "./samples.ts";

const lagOf = (input: Partial<PartitionLagInput>) =>
  partitionLag({ partition: partition(100, 199), checkpoint: null, hubCreatedOn: createdOn, ...input });

const tooOld = { updatedAt: createdOn - 60_001 };

describe("the rows of the table", () => {
  it("unknown: the partition could not be read", () => {
    expect(lagOf({ partition: null, checkpoint: checkpoint(150) })).toEqual({
      lag: null,
      lagState: "unknown",
      reason: reason("partitionNotRead"),
      lostEvents: null,
      isUpperBound: false,
      hasPosition: false,
      retentionUsed: null,
    });
    const partitionError = reason("failure", { errorCode: "azureThrottled", errorMessage: "Too busy." });
    expect(lagOf({ partition: null, partitionError }).reason).toEqual(partitionError);
    expect(lagOf({ partition: partition(0, 2 ** 53) })).toMatchObject({ lag: null, lagState: "unknown" });
  });

  it.each<[string, StoredCheckpoint, Reason]>([
    [
      "the store's own reason",
      checkpoint(150, { unreadable: "it is blank" }),
      like("checkpointUnusable", { fault: "it is blank" }),
    ],
    ["an offset alone", checkpoint(null), like("checkpointOffsetOnly")],
    ["neither", checkpoint(null, { offset: null }), like("checkpointEmpty")],
    ["no safe integer", checkpoint(2 ** 53), like("checkpointNoPosition", { sequenceNumber: 2 ** 53 })],
    ["below -1", checkpoint(-2), like("checkpointNoPosition", { sequenceNumber: -2 })],
  ])("unreadable: %s", (_, stored, why) => {
    const result = lagOf({ checkpoint: stored });
    expect(result).toMatchObject({ lag: null, lagState: "unreadable", lostEvents: null });
    expect(result.reason).toEqual(why);
  });

  it("ahead: written before the hub was created, by more than a minute", () => {
    const result = lagOf({ checkpoint: checkpoint(150, tooOld) });
    expect(result).toMatchObject({ lag: null, lagState: "ahead" });
    expect(result.reason).toEqual(like("checkpointBeforeHub", { writtenAt: "2023-12-31T23:58:59.999Z" }));
    expect(lagOf({ checkpoint: checkpoint(150, { updatedAt: createdOn - 60_000 }) }).lag).toBe(49);
    expect(lagOf({ checkpoint: checkpoint(150, tooOld), hubCreatedOn: null }).lag).toBe(49);
    expect(lagOf({ checkpoint: checkpoint(0, { ...tooOld, offset: "-1" }) }).lagState).toBe("ok");
    const placeholder = checkpoint(0, { ...tooOld, offset: null, format: "functions" });
    expect(lagOf({ checkpoint: placeholder }).lagState).toBe("noCheckpoint");
  });

  it("empty: nothing in the stream, and unread events are lost", () => {
    const nothing = { lag: 0, lagState: "empty", reason: null, retentionUsed: 0 };
    expect(lagOf({ partition: partition(-1, -1, true) })).toMatchObject({ ...nothing, lostEvents: null });
    expect(lagOf({ partition: partition(-1, -1) })).toMatchObject(nothing);
    const emptied = { partition: partition(200, 199, true) };
    expect(lagOf({ ...emptied, checkpoint: checkpoint(199) })).toMatchObject({ ...nothing, lostEvents: 0 });
    expect(lagOf({ ...emptied, checkpoint: checkpoint(150) })).toMatchObject({ ...nothing, lostEvents: 49 });
  });

  it.each([
    ["none", null],
    ["offset -1 without a sequence number", checkpoint(null, { offset: "-1" })],
    ["offset -1 of another layout", checkpoint(99, { offset: "-1", format: "eph" })],
    ["a functions body made before reading", checkpoint(0, { offset: null, format: "functions" })],
    ["an eph body made before reading", checkpoint(0, { offset: null, format: "eph" })],
    ["a go3 body made before reading", checkpoint(0, { offset: null, format: "go3" })],
    ["a dapr body made before reading", checkpoint(0, { offset: null, format: "dapr" })],
  ])("noCheckpoint: %s", (_, stored) => {
    const result = lagOf({ checkpoint: stored });
    expect(result).toMatchObject({
      lag: 100,
      lagState: "noCheckpoint",
      isUpperBound: true,
      lostEvents: null,
    });
    const isStart = stored?.offset === "-1";
    expect(result.reason).toEqual(like(isStart ? "checkpointAtStart" : "lagIsBounded", { events: 100 }));
  });

  it("takes a sequence number alone, even 0, as a position in the common format", () => {
    expect(lagOf({ checkpoint: checkpoint(150, { offset: null }) })).toMatchObject({
      lag: 49,
      lagState: "ok",
    });
    const first = { partition: partition(0, 9), checkpoint: checkpoint(0, { offset: null }) };
    expect(lagOf(first)).toMatchObject({ lag: 9, lagState: "ok" });
  });

  it("ok: slightly ahead is a stale read, until it lasts", () => {
    const ahead = { checkpoint: checkpoint(199 + 10_000) };
    expect(lagOf(ahead)).toMatchObject({ lag: 0, lagState: "ok", reason: null });
    expect(lagOf({ ...ahead, isAheadForLong: true })).toMatchObject({ lag: null, lagState: "ahead" });
    expect(lagOf({ checkpoint: checkpoint(199), isAheadForLong: true })).toMatchObject({ lagState: "ok" });
  });

  it.each([
    ["never used", partition(-1, -1, true), 5_000],
    ["emptied", partition(500, 499, true), 5_000],
  ])("ahead: also for a partition that is %s, if it lasts or is too far", (_, empty, cp) => {
    expect(lagOf({ partition: empty, checkpoint: checkpoint(cp) })).toMatchObject({
      lag: 0,
      lagState: "empty",
      lostEvents: 0,
    });
    const long = { partition: empty, checkpoint: checkpoint(cp), isAheadForLong: true };
    expect(lagOf(long)).toMatchObject({ lag: null, lagState: "ahead", lostEvents: null });
    const far = { partition: empty, checkpoint: checkpoint(empty.lastEnqueuedSequenceNumber + 10_001) };
    expect(lagOf(far)).toMatchObject({ lag: null, lagState: "ahead" });
  });

  describe("set to the start: offset -1 with a sequence number", () => {
    const start = (sequenceNumber: number, writtenBy: string | null = null) =>
      checkpoint(sequenceNumber, { offset: "-1", writtenBy });
    const ours = "tidemark/r1/0";

    it.each([-1, 0, 99, 5_000])("reads everything with sequence number %i, exactly", (sequenceNumber) => {
      expect(lagOf({ checkpoint: start(sequenceNumber) })).toMatchObject({
        lag: 100,
        lagState: "ok",
        isUpperBound: false,
        reason: null,
        lostEvents: 0,
        retentionUsed: 1,
      });
    });

    it("has lost what left since a reset wrote it", () => {
      expect(lagOf({ checkpoint: start(99, ours) })).toMatchObject({ lagState: "ok", lostEvents: 0 });
      expect(lagOf({ checkpoint: start(98, ours) })).toMatchObject({
        lag: 100,
        lagState: "behindRetention",
        lostEvents: 1,
      });
    });

    it("has lost what left since it was first seen, if somebody else wrote any number", () => {
      const seen = (firstSeenBegin: number) => lagOf({ checkpoint: start(0), firstSeenBegin });
      expect(seen(100)).toMatchObject({ lagState: "ok", lostEvents: 0 });
      expect(seen(99)).toMatchObject({ lagState: "behindRetention", lostEvents: 1 });
      // The checkpoint's own number counts if it is further.
      expect(lagOf({ checkpoint: start(98), firstSeenBegin: 40 }).lostEvents).toBe(1);
      expect(lagOf({ checkpoint: start(0, ours), firstSeenBegin: 100 }).lostEvents).toBe(99);
    });

    it("has lost everything that waited when nothing is left", () => {
      const emptied = { partition: partition(200, 199, true), checkpoint: start(149, ours) };
      expect(lagOf(emptied)).toMatchObject({ lag: 0, lagState: "empty", lostEvents: 50 });
    });
  });

  it("ahead: by more than a stale read explains", () => {
    const result = lagOf({ checkpoint: checkpoint(199 + 10_001) });
    expect(result).toMatchObject({ lag: null, lagState: "ahead", retentionUsed: null });
    expect(result.reason).toEqual(
      reason("checkpointAhead", { sequenceNumber: 10_200, lastSequenceNumber: 199 }),
    );
  });

  it("behindRetention: the events before the beginning are lost", () => {
    const result = lagOf({ checkpoint: checkpoint(50) });
    expect(result).toMatchObject({ lag: 100, lagState: "behindRetention", lostEvents: 49, retentionUsed: 1 });
    expect(result.reason).toEqual(like("behindRetention", { lostEvents: 49 }));
    expect(lagOf({ checkpoint: checkpoint(99) })).toMatchObject({ lag: 100, lagState: "ok", lostEvents: 0 });
  });

  it("ok: the events left to read", () => {
    expect(lagOf({ checkpoint: checkpoint(149) })).toMatchObject({
      lag: 50,
      lagState: "ok",
      retentionUsed: 0.5,
    });
    expect(lagOf({ checkpoint: checkpoint(199) })).toMatchObject({ lag: 0, retentionUsed: 0, lostEvents: 0 });
  });
});

it("stays within the safe integers at their edge", () => {
  const whole = partition(0, Number.MAX_SAFE_INTEGER);
  expect(lagOf({ partition: whole }).lag).toBe(Number.MAX_SAFE_INTEGER);
  expect(lagOf({ partition: whole, checkpoint: checkpoint(Number.MAX_SAFE_INTEGER - 1) }).lag).toBe(1);
});

const position = fc.integer({ min: -1, max: 1000 });

it("never gives a negative lag, nor an unknown one without a reason", () => {
  const stored = fc.option(
    fc.record({
      sequenceNumber: fc.oneof(position, fc.maxSafeInteger()),
      offset: fc.constantFrom("-1", "7", null),
    }),
  );
  fc.assert(
    fc.property(position, position, fc.boolean(), stored, (begin, last, isEmpty, found) => {
      const result = lagOf({
        partition: partition(begin, last, isEmpty),
        checkpoint: found === null ? null : checkpoint(found.sequenceNumber, found),
      });
      expect(result.lag === null || (Number.isSafeInteger(result.lag) && result.lag >= 0)).toBe(true);
      expect(result.lostEvents === null || result.lostEvents >= 0).toBe(true);
      const used = result.retentionUsed;
      expect(used === null ? result.lag === null : used >= 0 && used <= 1).toBe(true);
      expect(result.reason === null).toBe(result.lagState === "ok" || result.lagState === "empty");
    }),
  );
});

it("falls by one with each processed event, and covers with the lost ones all events after the checkpoint", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.nat(2000), (begin, retained, cp) => {
      const last = begin + retained;
      fc.pre(cp < last);
      const here = lagOf({ partition: partition(begin, last), checkpoint: checkpoint(cp) });
      const next = lagOf({ partition: partition(begin, last), checkpoint: checkpoint(cp + 1) });
      expect((here.lag ?? 0) + (here.lostEvents ?? 0)).toBe(last - cp);
      expect((here.lag ?? 0) - (next.lag ?? 0)).toBe(cp + 1 < begin ? 0 : 1);
    }),
  );
});
