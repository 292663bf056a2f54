import { expect, it } from "vitest";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { leftBehind } from "#lib/server/resets/left-behind.ts";
import { modelPlace } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

const times = { createdOn: noon - 86_400_000, startedAt: noon };
const old = (id: string) => `hosts/billing/${id}`;
const move = (id: string, over: Partial<ResetRecord> = {}) =>
  resetRecord(["0", "1"].map(moved), {
    ...times,
    id,
    target: { kind: "move", from: { group: "Billing", store: "main" }, overwrite: [] },
    ...over,
  } as Parameters<typeof resetRecord>[1]);
const undo = (id: string, resetId: string, entries: EntryRecord[]) =>
  resetRecord(entries, { ...times, id, target: { kind: "undo", resetId } });

function entry(partitionId: string, result: EntryRecord["result"] = "written"): EntryRecord {
  const write = plannedWrite(partitionId);
  return {
    partitionId,
    write,
    result,
    before: null,
    lastOwnerId: null,
    after: null,
    reason: null,
    live: null,
  };
}

function moved(partitionId: string): EntryRecord {
  const source = { blobName: old(partitionId), format: "eph" as const, etag: `e${partitionId}`, rivals: [] };
  return { ...entry(partitionId), write: plannedWrite(partitionId, { source }) };
}

/** Records are given newest first, as the history does. */
async function left(...records: ResetRecord[]) {
  const ofKind = (kind: string) => async () => records.filter(({ target }) => target.kind === kind);
  const found = await leftBehind(
    {
      moves: ofKind("move"),
      undos: ofKind("undo"),
      reset: async (id) => records.find((record) => record.id === id) ?? null,
    },
    modelPlace({ partitions: {} }),
  );
  return [...found.keys()];
}

it("tells what a move within the group left behind, and nothing of one from elsewhere", async () => {
  expect(await left(move("m1"))).toEqual([old("0"), old("1")]);
  const from = { group: "Billing", store: "main" };
  for (const other of [
    { ...from, hub: "other" },
    { ...from, store: "other" },
    { ...from, group: "other" },
  ]) {
    const target = { kind: "move", from: other, overwrite: [] } as unknown as ResetRecord["target"];
    expect(await left(move("m1", { target }))).toEqual([]);
  }
});

it("leaves out the partitions whose move was undone: their old checkpoints count again", async () => {
  expect(await left(undo("u1", "m1", [entry("0"), entry("1", "conflict")]), move("m1"))).toEqual([old("1")]);
  expect(await left(undo("u1", "other", [entry("0"), entry("1")]), move("m1"))).toEqual([old("0"), old("1")]);
  // Moved once more after the undo.
  const again = await left(move("m2"), undo("u1", "m1", [entry("0"), entry("1")]), move("m1"));
  expect(again).toEqual([old("0"), old("1")]);
});
