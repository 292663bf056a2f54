import { expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import { toRecord } from "#lib/reset/live/progress.ts";
import { ResetWatch } from "#lib/reset/watch/reset-watch.ts";
import { plannedWrite, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { ended } from "#tests/support/simulated/live-states.ts";

const start = Date.parse("2026-03-01T10:00:00Z");
const minutes = (count: number) => start + count * 60_000;
const watched = { id: "r1", hub: "orders", store: "main", name: "billing" };

/** Written at 40 in place of 39, and back with its processor at the end. */
function written(partitionId: string, why: EntryRecord["reason"]): EntryRecord {
  return {
    partitionId,
    write: plannedWrite(partitionId, { sequenceNumber: 40 }),
    result: "written",
    before: { sequenceNumber: 39, offset: "39", updatedAt: start - 60_000 } as EntryRecord["before"],
    lastOwnerId: "a",
    after: { etag: "1", updatedAt: start, sequenceNumber: 40, offset: "40" },
    reason: why,
    live: toRecord(ended({ target: 40, heldOff: "a", highest: 39 }), {} as LiveLimits),
  };
}

function reset(...entries: EntryRecord[]): ResetRecord {
  const over = { mode: "live" as const, endedAt: start, watchedUntil: minutes(3) };
  return resetRecord(entries, { ...over, createdOn: start, startedAt: start });
}

function standing(sequenceNumber: number, at: number) {
  const partitions = ["0", "1"].map((partitionId) => ({
    partitionId,
    checkpoint: { sequenceNumber, offset: "1", updatedAt: new Date(at).toISOString(), writtenBy: null },
    owner: { ownerId: "a", lastRenewedAt: new Date(at).toISOString(), state: "active" },
  })) as unknown as GroupPartition[];
  return { ...watched, listedAt: at + 1_000, partitions };
}

const notYet = reason("startsFromTarget", { ownerId: "a" });

it("takes back that a partition has not resumed once it has, within the watch and long after it", () => {
  for (const at of [minutes(1), minutes(90)]) {
    const watch = new ResetWatch();
    watch.watch(reset(written("0", notYet), written("1", null)), start);
    expect(watch.observe(standing(40, minutes(0.5)), minutes(0.6)).size).toBe(0);
    expect(watch.observe(standing(44, at), at + 2_000).get("r1")).toMatchObject([
      {
        partitionId: "0",
        from: "written",
        result: "written",
        reason: null,
        live: { progress: { resumedAt: 41, resumedBy: "a" } },
      },
    ]);
  }
});

it("takes back that the service may refuse the processors once one goes on", () => {
  const left = reason("levelLeft", { ownerLevel: 1 });
  const stood = reason("stoodAtLast");
  const entries = [written("0", left), written("1", { ...stood, params: { also: [left] } })];
  const watch = new ResetWatch();
  watch.watch(reset(...entries), start);
  expect(watch.observe(standing(40, minutes(0.5)), minutes(0.6)).size).toBe(0);
  expect(watch.observe(standing(44, minutes(1)), minutes(1.1)).get("r1")).toEqual([
    { partitionId: "0", from: "written", result: "written", reason: null },
    { partitionId: "1", from: "written", result: "written", reason: stood },
  ]);
});

it("no longer waits for one that another reset has written since", () => {
  const watch = new ResetWatch();
  watch.watch(reset(written("0", notYet), written("1", null)), start);
  const later = standing(50, minutes(1));
  for (const { checkpoint } of later.partitions)
    if (checkpoint !== null) checkpoint.writtenBy = ownIdentifier("r2", "0");
  const told = [
    { partitionId: "0", from: "written", result: "written", reason: reason("writtenByLaterReset") },
  ];
  expect(watch.observe(later, minutes(1)).get("r1")).toEqual(told);
  // Nothing was stored, so it is told until it is.
  expect(watch.observe(later, minutes(1.1)).get("r1")).toEqual(told);
  watch.watch(reset(written("0", reason("writtenByLaterReset")), written("1", null)), minutes(1.2));
  expect(watch.observe(later, minutes(1.2)).size).toBe(0);
  expect(watch.observe(standing(39, minutes(1.3)), minutes(1.4)).size).toBe(0);
});

it("forgets one that resumed, and after a day one that did not", () => {
  const watch = new ResetWatch();
  watch.watch(reset(written("0", notYet)), minutes(90));
  expect(watch.has("r1")).toBe(true);
  watch.watch(reset(written("0", null)), minutes(90));
  expect(watch.has("r1")).toBe(false);
  watch.watch(reset(written("0", notYet)), minutes(90));
  expect(watch.observe(standing(44, minutes(26 * 60)), minutes(26 * 60)).size).toBe(0);
  expect(watch.has("r1")).toBe(false);
});
