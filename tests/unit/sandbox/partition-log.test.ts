import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeLocal } from "#lib/sandbox/local-event-hubs/append.ts";
import { type LogOptions, PartitionLog } from "#lib/sandbox/local-event-hubs/partition-log.ts";

const unbounded = { seconds: 1e9, eventsPerPartition: 1e9, bytesPerPartition: 1e12 };
const logOf = (over: Partial<LogOptions> = {}) =>
  new PartitionLog("0", { retention: unbounded, firstSequenceNumber: 0, createdAt: 0, ...over });
const event = (body: unknown) => encodeLocal({ body });

describe("PartitionLog", () => {
  it("is empty with begin = last = -1 until it is used", () => {
    expect(logOf({ createdAt: 5 }).figures()).toEqual({
      beginningSequenceNumber: -1,
      lastEnqueuedSequenceNumber: -1,
      lastEnqueuedOffset: "-1",
      lastEnqueuedAt: 0,
      isEmpty: true,
    });
  });

  it("looks used up when it starts at a later sequence number", () => {
    const figures = logOf({ firstSequenceNumber: 100, createdAt: 5 }).figures();

    expect(figures).toMatchObject({ beginningSequenceNumber: 100, lastEnqueuedSequenceNumber: 99 });
    expect(figures).toMatchObject({ lastEnqueuedAt: 5, isEmpty: true });
    expect(Number(figures.lastEnqueuedOffset)).toBeGreaterThan(100);
  });

  it("keeps times in order even when the clock goes back", () => {
    const log = logOf();
    for (const now of [1000, 900, 1100]) log.append([event(now)], now);

    expect([0, 1, 2].map((n) => log.at(n)?.enqueuedAt)).toEqual([1000, 1000, 1100]);
  });

  it("lets events leave by age exactly when they are older than the retention", () => {
    const log = logOf({ retention: { ...unbounded, seconds: 10 } });
    log.append([event("a")], 1000);
    log.append([event("b")], 2000);

    log.expire(11_000);
    expect(log.size).toBe(2);
    log.expire(11_001);
    expect(log.figures()).toMatchObject({ beginningSequenceNumber: 1, isEmpty: false });
    log.expire(99_000);
    expect(log.figures()).toMatchObject({
      beginningSequenceNumber: 2,
      lastEnqueuedSequenceNumber: 1,
      lastEnqueuedAt: 2000,
      isEmpty: true,
    });
  });

  it("tells its listeners of each append once, until they leave", () => {
    const log = logOf();
    let told = 0;
    const leave = log.onAppend(() => told++);
    log.append([event(1), event(2)], 1);
    leave();
    log.append([event(3)], 2);

    expect(told).toBe(1);
  });

  it("keeps the places of events that were removed", () => {
    const log = logOf();
    log.append([event(0), event(1), event(2)], 7);
    log.remove([0, 1, 9]);

    expect(log.figures()).toMatchObject({ beginningSequenceNumber: 0, lastEnqueuedSequenceNumber: 2 });
    expect([0, 1, 2].map((n) => log.at(n)?.isRemoved)).toEqual([true, true, false]);
    log.trim(2);
    expect(log.figures()).toMatchObject({ beginningSequenceNumber: 2, isEmpty: false });
  });

  it("names the replica in event offsets when it is replicated, but not in its figures", () => {
    const log = logOf({ isGeoReplicated: true });
    log.append([event(0)], 7);

    const { offset = "" } = log.at(0) ?? {};
    expect(offset).toBe(`1:${log.figures().lastEnqueuedOffset}`);
    expect(log.offsetValue(offset)).toBe(Number(log.figures().lastEnqueuedOffset));
    expect(log.offsetValue(log.figures().lastEnqueuedOffset)).toBeNull();
    expect(log.offsetValue("-1")).toBe(-1);
  });

  it("behaves like a plain list under any appends, trims and counts", () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant("append" as const), count: fc.integer({ min: 1, max: 40 }) }),
        fc.record({ kind: fc.constant("trim" as const), count: fc.integer({ min: 0, max: 300 }) }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 100 }), (taken, eventsPerPartition) => {
        const log = logOf({ retention: { ...unbounded, eventsPerPartition } });
        let model: number[] = [];
        let next = 0;
        for (const [index, { kind, count }] of taken.entries()) {
          if (kind === "append") {
            log.append(
              Array.from({ length: count }, () => event(index)),
              index,
            );
            for (let i = 0; i < count; i++) model.push(next++);
            model = model.slice(-eventsPerPartition);
          } else {
            log.trim(count);
            model = model.filter((sequenceNumber) => sequenceNumber >= count);
          }
          expect(log.size).toBe(model.length);
          expect(log.beginning).toBe(model[0] ?? next);
          expect(log.at(log.beginning - 1)).toBeUndefined();
          expect(log.at(log.end)).toBeUndefined();
          for (const wanted of model) expect(log.at(wanted)?.sequenceNumber).toBe(wanted);
          const middle = model[model.length >> 1] ?? next;
          expect(log.firstWhere(({ sequenceNumber }) => sequenceNumber >= middle)).toBe(middle);
        }
      }),
      { numRuns: 40 },
    );
  });
});
