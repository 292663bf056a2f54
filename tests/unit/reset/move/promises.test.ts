import fc from "fast-check";
import { expect, it } from "vitest";
import { commonFormat } from "#lib/checkpoint-store/formats/common.ts";
import { collectGroups } from "#lib/checkpoint-store/listing/collect-groups.ts";
import { ownershipsIn } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { scopeOf } from "#lib/checkpoint-store/store-scope.ts";
import type { StoreReading } from "#lib/core/stored-blobs.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { judgeEntry } from "#lib/reset/apply/judge-entry.ts";
import type { Observation } from "#lib/reset/apply/observation.ts";
import { planFaults } from "#lib/reset/apply/plan-faults.ts";
import { makeMovePlan } from "#lib/reset/move/make-move-plan.ts";
import { makeUndoPlan } from "#lib/reset/plan/make-undo-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { hubReading, noon, properties, storeReading } from "#tests/support/fixtures/sources.ts";
import { head, signal } from "../made-plan.ts";

const guardSeconds = 60;
const ids = ["0", "1"];
const partitions = { "0": modelPartition(0, 99), "1": modelPartition(0, 99) };
const hub = hubReading(ids.map((id) => properties(id)));
const scope = scopeOf({ fullyQualifiedNamespace: "contoso.servicebus.windows.net", eventHubName: "orders" });
const lower = "contoso.servicebus.windows.net/orders/billing";
const typed = "Contoso.servicebus.windows.net/Orders/Billing";

class World {
  readonly stores = { old: new Map<string, ListedBlob>(), new: new Map<string, ListedBlob>() };
  now = noon;
  #etags = 0;

  put(store: keyof World["stores"], name: string, metadata: Record<string, string>): void {
    this.#etags += 1;
    const blob = { name, etag: String(this.#etags), updatedAt: this.now, size: 0, leased: false };
    this.stores[store].set(name, { ...blob, metadata: new Map(Object.entries(metadata)) });
  }

  reading(store: keyof World["stores"]): StoreReading {
    const contents = [...this.stores[store].values()].flatMap((blob) => {
      const address = commonFormat.address(blob.name, scope);
      return address === null ? [] : commonFormat.read(blob, address, null);
    });
    return { ...storeReading([], this.now), groups: collectGroups(contents, this.now) };
  }

  place(store: keyof World["stores"]) {
    const reading = this.reading(store);
    const group = reading.groups.get("billing") ?? null;
    return modelPlace({ partitions, now: this.now, group, place: { store, group: "billing" } });
  }

  sight(store: keyof World["stores"], began: StoreReading, writes: readonly PlannedWrite[]): Observation {
    const listing = { readAt: this.now, blobs: this.stores[store] };
    const group = began.groups.get("billing");
    const names = new Set(writes.map(({ blobName }) => blobName));
    const all = group === undefined ? [] : [...group.checkpoints.values(), ...group.superseded];
    const rivals = new Map<string, Map<string, string>>();
    for (const { partitionId, blobName, etag } of all.filter((one) => !names.has(one.blobName))) {
      rivals.set(partitionId, (rivals.get(partitionId) ?? new Map()).set(blobName, etag));
    }
    return {
      listing,
      ownerships: ownershipsIn(listing),
      hub,
      faults: planFaults(writes, began, this.place(store), guardSeconds),
      trees: [...new Set(all.map(({ blobName }) => blobName.replace(/checkpoint\/.*$/, "")))],
      rivals,
      guardSeconds,
      group: "billing",
      knownGroups: null,
      source: null,
    };
  }

  isOwned(store: keyof World["stores"], id: string): boolean {
    return [lower, typed].some((tree) => {
      const owner = this.stores[store].get(`${tree}/ownership/${id}`);
      const isAlive = owner !== undefined && this.now - owner.updatedAt < guardSeconds * 1_000;
      return isAlive && owner.metadata.get("ownerid") !== "";
    });
  }
}

type Event = (world: World) => void;
const trees = fc.constantFrom(lower, typed);
const where = fc.record({
  store: fc.constantFrom("old", "new"),
  tree: trees,
  id: fc.constantFrom(...ids),
});
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ at: where, ownerId: fc.constantFrom("worker-1", "worker-2", "") }).map(
    ({ at, ownerId }): Event =>
      (world) =>
        world.put(at.store, `${at.tree}/ownership/${at.id}`, { ownerid: ownerId }),
  ),
  fc.record({ at: where, sequenceNumber: fc.integer({ min: 1, max: 99 }) }).map(
    ({ at, sequenceNumber }): Event =>
      (world) =>
        world.put(at.store, `${at.tree}/checkpoint/${at.id}`, position(sequenceNumber)),
  ),
  where.map(
    (at): Event =>
      (world) =>
        world.stores[at.store].delete(`${at.tree}/checkpoint/${at.id}`),
  ),
  fc.constantFrom(10_000, 59_999, 60_000, 200_000).map(
    (ms): Event =>
      (world) => {
        world.now += ms;
      },
  ),
);
const events = (maxLength: number) => fc.array(event, { maxLength });

function position(sequenceNumber: number): Record<string, string> {
  return { sequencenumber: String(sequenceNumber), offset: offsetOf(sequenceNumber) };
}

function madeByMove(world: World, tree: string) {
  const etags = new Map<string, string>();
  const entries = ids.map((partitionId): EntryRecord => {
    const blobName = `${tree}/checkpoint/${partitionId}`;
    world.put("new", blobName, position(9));
    const { etag = "", updatedAt = 0 } = world.stores.new.get(blobName) ?? {};
    etags.set(partitionId, etag);
    return {
      partitionId,
      write: plannedWrite(partitionId, { blobName }),
      result: "written",
      before: null,
      lastOwnerId: null,
      after: { etag, updatedAt, sequenceNumber: 9, offset: offsetOf(9) },
      reason: null,
      live: null,
    };
  });
  const target: ResetRecord["target"] = {
    kind: "move",
    from: { group: "billing", store: "old" },
    overwrite: [],
  };
  const { createdOn } = hub;
  return { etags, reset: resetRecord(entries, { createdOn, startedAt: world.now, store: "new", target }) };
}

it("never undoes what somebody wrote since or works on, whatever happens in between", async () => {
  let removed = 0;
  await fc.assert(
    fc.asyncProperty(trees, events(4), events(2), events(2), async (tree, before, afterPlan, afterBegin) => {
      const world = new World();
      const { etags, reset } = madeByMove(world, tree);
      world.now += 200_000;
      for (const happens of before) happens(world);
      const { writes } = await makeUndoPlan(world.place("new"), reset, head, signal);
      for (const happens of afterPlan) happens(world);
      const began = world.reading("new");
      const { faults } = world.sight("new", began, writes);
      for (const happens of afterBegin) happens(world);
      for (const write of writes) {
        const { partitionId: id, blobName, act } = write;
        const sight = { ...world.sight("new", began, writes), faults };
        if (judgeEntry(write, hub.createdOn, sight).verdict !== "free") continue;
        removed += 1;
        expect([act, blobName]).toEqual(["remove", `${tree}/checkpoint/${id}`]);
        expect(world.stores.new.get(blobName)?.etag).toBe(etags.get(id));
        expect(ids.filter((each) => world.isOwned("new", each))).toEqual([]);
        world.stores.new.delete(blobName);
      }
    }),
    { numRuns: 300 },
  );
  expect(removed).toBeGreaterThan(100);
});

it("never moves what runs on either side, and never replaces what nobody chose, whatever happens in between", async () => {
  let moved = 0;
  let replaced = 0;
  await fc.assert(
    fc.asyncProperty(
      trees,
      events(5),
      events(2),
      events(2),
      fc.subarray(ids),
      fc.subarray(ids),
      async (tree, before, afterPlan, afterBegin, overwrite, standing) => {
        const world = new World();
        for (const id of ids) world.put("old", `${tree}/checkpoint/${id}`, position(9));
        for (const id of standing) world.put("new", `${tree}/checkpoint/${id}`, position(5));
        world.now += 200_000;
        for (const happens of before) happens(world);
        const asked = { partitions: "all" as const, overwrite };
        const stood = new Map(world.stores.new);
        const { writes } = await makeMovePlan(world.place("old"), world.place("new"), asked, head, signal);
        for (const happens of afterPlan) happens(world);
        const sources = writes.flatMap(({ partitionId, source }): PlannedWrite[] =>
          source === undefined
            ? []
            : [{ partitionId, ...source, sequenceNumber: -1, offset: "", act: "keep" }],
        );
        const began = { old: world.reading("old"), new: world.reading("new") };
        const early = {
          old: world.sight("old", began.old, sources),
          new: world.sight("new", began.new, writes),
        };
        for (const happens of afterBegin) happens(world);
        const late = {
          old: world.sight("old", began.old, sources),
          new: world.sight("new", began.new, writes),
        };
        const source = {
          ...late.old,
          faults: early.old.faults,
          writes: new Map(sources.map((write) => [write.partitionId, write])),
        };
        for (const write of writes) {
          const { partitionId: id, blobName, etag } = write;
          const spellings = [lower, typed].map((each) => `${each}/checkpoint/${id}`);
          if (spellings.some((name) => stood.has(name))) expect(overwrite).toContain(id);
          expect(blobName).toBe(write.source?.blobName);
          const sight = { ...late.new, faults: early.new.faults, source };
          if (judgeEntry(write, hub.createdOn, sight).verdict !== "free") continue;
          moved += 1;
          if (etag !== null) replaced += 1;
          expect(world.stores.new.get(blobName)?.etag ?? null).toBe(etag);
          expect(world.stores.old.get(write.source?.blobName ?? "")?.etag).toBe(write.source?.etag);
          expect(ids.filter((each) => world.isOwned("old", each) || world.isOwned("new", each))).toEqual([]);
        }
      },
    ),
    { numRuns: 1_000 },
  );
  // Enough of the runs come to a write for the promise to say something.
  expect(moved).toBeGreaterThan(200);
  expect(replaced).toBeGreaterThan(20);
});
