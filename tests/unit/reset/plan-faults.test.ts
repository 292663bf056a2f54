import { expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { planFaults } from "#lib/reset/apply/plan-faults.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";

const now = noon + 3_600_000;
const lower = "contoso.servicebus.windows.net/orders/billing";
const typed = "Contoso.servicebus.windows.net/Orders/Billing";
const signal = new AbortController().signal;
const head = { planId: "p", actor: "admin-1", createdAt: now, expiresAt: now + 600_000 };

const at = (tree: string, secondsAgo: number): StoredCheckpoint => ({
  ...checkpoint("0", 49, now - secondsAgo * 1_000),
  blobName: `${tree}/checkpoint/0`,
});
const owned = (tree: string, secondsAgo: number, ownerId = ""): StoredOwnership => ({
  ...ownership("0", ownerId, now - secondsAgo * 1_000),
  blobName: `${tree}/ownership/0`,
});
const groupOf = (checkpoints: StoredCheckpoint[], ownerships: StoredOwnership[] = []) => ({
  ...storedGroup("billing", checkpoints.slice(0, 1), ownerships.slice(0, 1)),
  superseded: checkpoints.slice(1),
  otherOwnerships: ownerships.slice(1),
});
type Group = ReturnType<typeof groupOf>;

const placeOf = (group: Group) => modelPlace({ partitions: { "0": modelPartition(0, 99) }, group, now });

async function planned(group: Group): Promise<PlannedWrite[]> {
  const target = { kind: "earliest" as const };
  const request = { partitions: "all" as const, mode: "offline" as const, handlerSeconds: 1, target };
  return (await makePlan(placeOf(group), request, head, signal)).writes;
}

function faultIn(writes: readonly PlannedWrite[], group: Group): Reason | undefined {
  const reading = { groups: new Map([["billing", group]]), readAt: now };
  return planFaults(writes, reading, placeOf(group), 60).get("0");
}

const one = groupOf([at(lower, 600)]);
const two = groupOf([at(lower, 600), at(typed, 900)]);
const none = groupOf([], [owned(lower, 600)]);

it("finds nothing when all is as the preview showed it", async () => {
  for (const group of [one, two, none]) expect(faultIn(await planned(group), group)).toBeUndefined();
});

it("leaves changes of the written blob itself to the observations before the write", async () => {
  expect(faultIn(await planned(one), groupOf([at(lower, 5)]))).toBeUndefined();
});

it("finds a checkpoint that has been deleted beside the planned one", async () => {
  const fault = faultIn(await planned(two), one);
  expect(fault).toEqual(like("rivalDeleted", { blobName: `${typed}/checkpoint/0` }));
});

it("finds a checkpoint that has appeared beside the planned one, older or newer", async () => {
  for (const secondsAgo of [5, 700]) {
    const fault = faultIn(await planned(one), groupOf([at(lower, 600), at(typed, secondsAgo)]));
    expect(fault).toEqual(like("rivalAppeared", { blobName: `${typed}/checkpoint/0` }));
  }
  const fault = faultIn(await planned(none), groupOf([at(typed, 5)], [owned(lower, 600)]));
  expect(fault).toEqual(like("rivalAppeared"));
});

it("finds another checkpoint that was written since", async () => {
  const fault = faultIn(await planned(two), groupOf([at(typed, 5), at(lower, 600)]));
  expect(fault).toEqual(like("rivalWritten", { blobName: `${typed}/checkpoint/0` }));
});

it("finds that the group has moved", async () => {
  const fault = faultIn(await planned(one), groupOf([at(lower, 600)], [owned(typed, 5)]));
  expect(fault).toEqual(
    like("groupMoved", { blobName: `${typed}/checkpoint/0`, plannedBlobName: `${lower}/checkpoint/0` }),
  );
});

it("accepts that a move and its undo write another blob than the group's processors use", async () => {
  const [write] = await planned(one);
  if (write === undefined) throw new Error("Nothing was planned.");
  const running = groupOf([at(lower, 600)], [owned(typed, 5)]);
  expect(faultIn([{ ...write, undoesMove: true }], running)).toBeUndefined();
  expect(faultIn([{ ...write, act: "restore" }], running)).toBeUndefined();
});

it("accepts a plan that says nothing of others as it was made", async () => {
  const [old, oldNone] = (await Promise.all([planned(two), planned(none)])).map((writes) =>
    writes.map(({ rivals: _, ...write }) => write),
  );
  expect(faultIn(old ?? [], groupOf([at(lower, 600), at(typed, 700)]))).toBeUndefined();
  expect(faultIn(oldNone ?? [], groupOf([at(typed, 5)], [owned(lower, 600)]))).toEqual(like("rivalAppeared"));
});
