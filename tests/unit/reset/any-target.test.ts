import fc from "fast-check";
import { expect, it } from "vitest";
import type { Target } from "#lib/api/target.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import type { ReadEvent } from "#lib/event-hub/read-event.ts";
import type { MadePlanEntry } from "#lib/history/resets/plan-record.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import {
  firstFrom,
  type ModelPartition,
  modelPartition,
  modelPlace,
  offsetOf,
} from "#tests/support/fixtures/model-place.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";

const signal = new AbortController().signal;
const head = { planId: "p", actor: "admin-1", createdAt: noon, expiresAt: noon + 600_000 };

const partitions: fc.Arbitrary<ModelPartition> = fc
  .record({
    begin: fc.integer({ min: 0, max: 60 }),
    count: fc.integer({ min: 0, max: 40 }),
    missing: fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 30 }),
  })
  .map(({ begin, count, missing }) => {
    const last = begin + count - 1;
    // A gap at the very end makes the last event unreadable, which another test covers.
    return modelPartition(
      begin,
      last,
      missing.filter((one) => one !== last),
    );
  });

const places = fc.integer({ min: -20, max: 130 });
const times = places.map((second) => new Date(noon + second * 1_000 - 500).toISOString());
const checkpoints: fc.Arbitrary<StoredCheckpoint | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant({ ...checkpoint("0", -1), offset: "-1" }) },
  {
    weight: 1,
    arbitrary: fc.constant({ ...checkpoint("0", 0), sequenceNumber: null, unreadable: "it is torn" }),
  },
  {
    weight: 5,
    arbitrary: fc
      .record({ at: fc.integer({ min: 0, max: 120 }), hasOffset: fc.boolean() })
      .map(({ at, hasOffset }) => ({
        ...checkpoint("0", at),
        offset: hasOffset ? offsetOf(at) : null,
      })),
  },
);
const targets: fc.Arbitrary<Target> = fc.oneof(
  fc.constant<Target>({ kind: "earliest" }),
  fc.constant<Target>({ kind: "latest" }),
  places.map((value): Target => ({ kind: "sequenceNumber", value })),
  times.map((value): Target => ({ kind: "time", value })),
  fc.integer({ min: 0, max: 7_200 }).map((seconds): Target => ({ kind: "ago", seconds })),
  fc.integer({ min: -150, max: 150 }).map((by): Target => ({ kind: "shift", by })),
  fc.constant<Target>({ kind: "group", name: "other" }),
  places.map((value): Target => ({ kind: "positions", values: { "0": value } })),
  times.map((value): Target => ({ kind: "times", values: { "0": value } })),
);

/**
 * The first event that the target means. Null when it means the end, undefined when it means no event at all.
 */
function meant(
  target: Target,
  { events, begin }: ModelPartition,
  own: StoredCheckpoint | null,
  other: StoredCheckpoint | null,
  resolvedTime: string | null,
): ReadEvent | null | undefined {
  const from = (place: number) => events.find(({ sequenceNumber }) => sequenceNumber >= place) ?? null;
  const since = (at: number) => events.find(({ enqueuedAt }) => enqueuedAt >= at) ?? null;
  const after = (one: StoredCheckpoint | null) =>
    one?.sequenceNumber == null
      ? undefined
      : one.offset === "-1"
        ? begin
        : Math.max(begin, one.sequenceNumber + 1);
  switch (target.kind) {
    case "earliest":
      return events[0] ?? null;
    case "latest":
      return null;
    case "sequenceNumber":
      return from(target.value);
    case "time":
    case "ago":
      return since(Date.parse(resolvedTime ?? ""));
    case "shift": {
      const next = after(own);
      return next === undefined ? undefined : from(next + target.by);
    }
    case "group": {
      const next = after(other);
      return next === undefined ? undefined : from(next);
    }
    case "positions":
      return from(target.values["0"] ?? 0);
    case "times":
      return since(Date.parse(target.values["0"] ?? ""));
  }
}

const cases = fc.record({
  partition: partitions,
  own: checkpoints,
  other: checkpoints,
  target: targets,
  isGeoDrEnabled: fc.boolean(),
  // Without a group of the dashboard's own and with processors at work, no event can be read.
  isBlind: fc.boolean(),
});

it("yields for any target the one checkpoint that resumes where it is meant to, or none with a reason", async () => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ partition, own, other, target, isGeoDrEnabled, isBlind }) => {
      const moving = {
        ownerId: "a",
        partitionId: "0",
        blobName: "o",
        etag: "1",
        lastRenewedAt: noon + 3_599_000,
      };
      const place = modelPlace({
        partitions: { "0": partition },
        group: storedGroup("billing", own === null ? [] : [own], isBlind ? [moving] : []),
        others: [storedGroup("other", other === null ? [] : [other])],
        isGeoDrEnabled,
        ...(isBlind && { place: { inspectionConsumerGroup: null } }),
      });
      const request = { partitions: "all" as const, target, mode: "live" as const, handlerSeconds: 30 };
      const { plan, writes } = await makePlan(place, request, head, signal);
      const [write] = writes;
      if (plan.unchanged === 1) {
        expect([plan.entries, writes]).toEqual([[], []]);
        const wanted = meant(target, partition, own, other, plan.resolvedTime);
        expect(firstFrom(partition, own?.offset ?? "")).toEqual(wanted ?? null);
        return;
      }
      const [entry] = plan.entries as [MadePlanEntry];

      expect(write === undefined).toBe(entry.blockedBy !== null);
      expect(entry.target === null).toBe(entry.blockedBy !== null);
      expect(plan.blockedBy === null).toBe(write !== undefined);
      if (isBlind) expect(place.readings()).toEqual([]);
      if (write === undefined) {
        expect(entry.repairs.length).toBeGreaterThan(0);
        return;
      }
      written += 1;
      const { events, begin, last } = partition;
      expect(write).toMatchObject({
        sequenceNumber: entry.target?.sequenceNumber,
        offset: entry.target?.offset,
      });
      expect(write.sequenceNumber).toBeLessThanOrEqual(last);
      if (write.offset === "-1") expect(write.sequenceNumber).toBe(begin - 1);
      else expect(write.offset).toBe(offsetOf(write.sequenceNumber));

      const wanted = meant(target, partition, own, other, plan.resolvedTime);
      expect(wanted).not.toBeUndefined();
      expect(firstFrom(partition, write.offset)).toEqual(wanted ?? null);
      if (!isBlind) expect(entry.resumesAt?.sequenceNumber ?? null).toBe(wanted?.sequenceNumber ?? null);
      if (wanted) expect(write.sequenceNumber).toBeLessThan(wanted.sequenceNumber);
      if (events.length > 0 && wanted === null) expect(entry.resumesAt).toBeNull();
      for (const count of [entry.replays, entry.skips]) expect(count ?? 0).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 3_000 },
  );
  expect(written).toBeGreaterThan(1_000);
});
