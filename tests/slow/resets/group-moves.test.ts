import type { ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type GroupMovePreviewRequest, groupMoveSchema } from "#lib/api/plans/group-moves.ts";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { newFolder, newPostgresDatabase } from "#tests/support/fixtures/history.ts";
import { type TestConfig, testConfig } from "#tests/support/fixtures/test-config.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import {
  admin1,
  begunUndo,
  contentOf,
  MovingChild,
  plannedMove,
  reaching,
} from "#tests/support/worlds/moving/group-moves-world.ts";
import { anotherContainer } from "#tests/support/worlds/moving-world.ts";

const ids = ["0", "1", "2"];
const groups = ["batch-a", "batch-b", "batch-c", "batch-d", "batch-e", "batch-f"];
const admin2 = { ...admin1, name: "admin-2", key: "admin-2" };

let world: LocalWorld;
let source: ContainerClient;
let target: ContainerClient;

beforeAll(async () => {
  const hub = { partitionCount: ids.length, consumerGroups: [...groups, "batch-busy", "Batch-Typed"] };
  world = await startLocalWorld([
    { ...hub, name: "orders" },
    { ...hub, name: "payments" },
  ]);
  for (const name of ["orders", "payments"]) for (const id of ids) world.enqueue(name, id, 60);
});
afterAll(() => world?.stop());

beforeEach(async () => {
  source = await anotherContainer(world);
  target = await anotherContainer(world);
  const at = (eventHub: string, group: string) => ({ namespace: localNamespace, eventHub, group });
  const blobs = groups.flatMap((group, n) =>
    ids.flatMap((partitionId) => wild.common(at("orders", group), { partitionId, sequenceNumber: 10 + n })),
  );
  const other = wild.functions(at("payments", "batch-a"), { partitionId: "0", sequenceNumber: 7 });
  await putWild(source, [...blobs, ...[other].flat()]);
});

async function config(kind: "sqlite" | "postgres" = "sqlite"): Promise<TestConfig> {
  const { connectionString } = world.azurite;
  const stores = [
    { id: "old", connectionString, container: source.containerName },
    { id: "new", connectionString, container: target.containerName },
  ];
  const hubOf = (name: string) =>
    world.hubConfig(name, { id: name, ownershipExpirationSeconds: 2, checkpointStores: stores });
  return {
    refreshSeconds: 1,
    readOnly: false,
    hubs: ["orders", "payments"].map(hubOf),
    dataDir: newFolder(),
    ...(kind === "postgres" && { databaseUrl: (await newPostgresDatabase()).reveal() }),
  };
}

async function started(over: TestConfig): Promise<MovingChild> {
  const child = await MovingChild.start(over);
  onTestFinished(() => child.kill());
  return child;
}

const request = (over: Partial<GroupMovePreviewRequest> = {}): GroupMovePreviewRequest => ({
  from: { hub: "orders", store: "old", allHubs: false },
  to: { store: "new" },
  groups: ["batch-*"],
  whenRunning: "skip",
  ...over,
});

const nameIn = (group: string, id: string) => `${localNamespace}/orders/${group}/checkpoint/${id}`;

describe("a killed dashboard's move of several groups", () => {
  it("is resumed to the same end, moves nothing twice, and so is its undo, which brings all back", async () => {
    const over = await config();
    const before = await contentOf(source);
    const first = await started(over);
    const planned = await plannedMove(first, request());
    expect(planned).toMatchObject({
      results: { ready: 6 },
      entries: groups.map((group) => ({ group, result: "ready", partitions: { toMove: 3, blocked: 0 } })),
    });
    await first.moves("apply", planned.id, { confirm: "NEW" }, admin1);
    await reaching(first, planned.id, ({ results }) => results.moving > 0 || results.moved > 0);
    await first.kill();

    const second = await started(over);
    const left = await second.moves("groupMove", planned.id);
    expect(left.state).toBe("running");
    expect(left.results.moved).toBeLessThan(groups.length);
    const done = await reaching(second, planned.id, ({ state }) => state === "done");
    expect(groupMoveSchema.parse(done)).toMatchObject({
      results: { moved: 6 },
      entries: groups.map((group) => ({ group, partitions: { toMove: 3, written: 3 }, reason: null })),
    });
    const there = (await contentOf(target)) as Record<string, { metadata: Record<string, string> }>;
    expect(Object.keys(there).sort()).toEqual(groups.flatMap((group) => ids.map((id) => nameIn(group, id))));
    for (const [n, { group, resetIds }] of done.entries.entries()) {
      const resets = await Promise.all(resetIds.map((id) => second.resets("reset", id)));
      const written = resets.flatMap(({ entries }) => entries.filter(({ result }) => result === "written"));
      expect(written.map(({ partitionId }) => partitionId).sort(), group).toEqual(ids);
      for (const id of ids) expect(there[nameIn(group, id)]?.metadata.sequencenumber).toBe(String(10 + n));
    }
    expect(await contentOf(source)).toEqual(before);

    const { planned: undo } = await begunUndo(second, done.id);
    expect(undo).toMatchObject({ undoes: done.id, results: { ready: 6 } });
    await reaching(second, undo.id, ({ results }) => results.moving > 0 || results.moved > 0);
    await second.kill();
    const third = await started(over);
    const undone = await reaching(third, undo.id, ({ state }) => state === "done");
    expect(groupMoveSchema.parse(undone)).toMatchObject({
      results: { moved: 6 },
      entries: groups.map((group) => ({ group, partitions: { written: 3 }, reason: null })),
    });
    expect(await contentOf(target)).toEqual({});
    expect(await contentOf(source)).toEqual(before);
    expect(await third.moves("groupMove", done.id)).toMatchObject({ undoes: null, undoneBy: undo.id });
  }, 240_000);
});

async function dashboardHere(kind?: "postgres"): Promise<Dashboard["runtime"]["groupMoves"]> {
  const dashboard = await createDashboard(testConfig(await config(kind)));
  onTestFinished(() => dashboard.stop());
  dashboard.start();
  await expect.poll(() => dashboard.runtime.readiness().ready, { timeout: 10_000 }).toBe(true);
  return dashboard.runtime.groupMoves;
}
const asChild = (moves: Dashboard["runtime"]["groupMoves"]) =>
  ({
    moves: (ask: keyof typeof moves, ...args: unknown[]) =>
      (moves[ask] as (...all: unknown[]) => unknown)(...args),
  }) as Pick<MovingChild, "moves">;

/** Plans an undo, again until the group that was written just now no longer counts as running. */
async function settledUndo(moves: Dashboard["runtime"]["groupMoves"], id: string) {
  for (;;) {
    const { id: undoId } = await moves.undo(id, { whenRunning: "skip" }, admin1);
    const planned = await reaching(asChild(moves), undoId, ({ state }) => state === "planned");
    if (!planned.entries.some(({ isRunning }) => isRunning)) return planned;
  }
}

describe("a move of several groups", () => {
  it("waits for a group that runs where that is wanted, is stopped between groups, and leaves that one alone", async () => {
    await world.own("orders", "batch-busy", "0", "processor-1");
    const moves = await dashboardHere();
    const at = { namespace: localNamespace, eventHub: "orders", group: "batch-busy" };
    await putWild(
      source,
      ids.flatMap((partitionId) => wild.common(at, { partitionId, sequenceNumber: 5, owner: "p" })),
    );
    const renewing = setInterval(
      () => void putWild(source, wild.common(at, { partitionId: "0", sequenceNumber: 5, owner: "p" })),
      300,
    );
    onTestFinished(() => clearInterval(renewing));
    const wanted = request({ groups: ["batch-a", "batch-busy"], whenRunning: "wait" });
    const isSeen = () => moves.preview({ ...wanted, groups: ["batch-busy"] }, admin1).then(({ id }) => id);
    await expect.poll(() => isSeen().catch(() => null), { timeout: 10_000 }).not.toBeNull();
    // The group's checkpoints were written just now, which counts as running.
    await plannedMove(asChild(moves), { ...wanted, groups: ["batch-a"] });
    const { id } = await moves.preview(wanted, admin1);
    const planned = await reaching(asChild(moves), id, ({ state }) => state === "planned");
    expect(planned.entries).toMatchObject([
      { group: "batch-a", result: "ready" },
      { group: "batch-busy", result: "blocked", isRunning: true, reason: { code: "groupRunning" } },
    ]);
    await expect(moves.apply(id, { confirm: "old" }, admin1)).rejects.toMatchObject({
      code: "invalidRequest",
    });
    await expect(moves.apply(id, { confirm: "new" }, admin2)).rejects.toMatchObject({ code: "planGone" });
    await moves.apply(id, { confirm: "new" }, admin1);
    await reaching(asChild(moves), id, ({ results }) => results.moved === 1 && results.waiting === 1);
    await moves.stop(id, admin2);
    const ended = await reaching(asChild(moves), id, ({ state }) => state === "stopped");
    expect(ended).toMatchObject({
      stopAsked: { actor: "admin-2" },
      entries: [{ result: "moved" }, { result: "skipped", reason: { code: "moveStopped" } }],
    });
    await expect(moves.stop(id, admin1)).rejects.toMatchObject({ code: "conflict" });
    expect(Object.keys(await contentOf(target))).toEqual(ids.map((each) => nameIn("batch-a", each)));
  });

  it("keeps typed names and moves the same groups again after their undo", async () => {
    const typed = { namespace: localNamespace, eventHub: "Orders", group: "Batch-Typed" };
    await putWild(
      source,
      ids.flatMap((partitionId) => wild.common(typed, { partitionId, sequenceNumber: 20 }, false)),
    );
    const before = await contentOf(source);
    const moves = await dashboardHere("postgres");
    const wanted = request({ groups: ["batch-a", "batch-typed"] });
    // The first refresh may still be without the group.
    await expect
      .poll(() => moves.preview({ ...wanted, groups: ["batch-typed"] }, admin1).then(() => true, String))
      .toBe(true);
    for (const time of ["first", "second"]) {
      const planned = await plannedMove(asChild(moves), wanted);
      expect(planned.entries, time).toMatchObject([
        { group: "batch-a", result: "ready", partitions: { toMove: 3 } },
        { group: "Batch-Typed", result: "ready", partitions: { toMove: 3 } },
      ]);
      await moves.apply(planned.id, { confirm: "new" }, admin1);
      const done = await reaching(asChild(moves), planned.id, ({ state }) => state === "done");
      expect(done.results, JSON.stringify(done.entries)).toMatchObject({ moved: 2 });
      const there = (await contentOf(target)) as Record<string, { metadata: Record<string, string> }>;
      expect(Object.keys(there).sort(), time).toEqual(
        [
          ...ids.map((id) => `${localNamespace}/Orders/Batch-Typed/checkpoint/${id}`),
          ...ids.map((id) => nameIn("batch-a", id)),
        ].sort(),
      );
      for (const id of ids)
        expect(there[`${localNamespace}/Orders/Batch-Typed/checkpoint/${id}`]?.metadata).toMatchObject({
          sequencenumber: "20",
          offset: String(20 * 64),
        });
      const undo = await settledUndo(moves, done.id);
      await moves.apply(undo.id, { confirm: "new" }, admin1);
      const undone = await reaching(asChild(moves), undo.id, ({ state }) => state === "done");
      expect(undone.results, JSON.stringify(undone.entries)).toMatchObject({ moved: 2 });
      expect(await contentOf(target), time).toEqual({});
    }
    expect(await contentOf(source)).toEqual(before);
  });

  it("takes the groups of every hub of the container, and its undo leaves alone what somebody wrote since", async () => {
    const moves = await dashboardHere("postgres");
    const all = request({ from: { hub: "orders", store: "old", allHubs: true }, groups: ["BATCH-A"] });
    const planned = await plannedMove(asChild(moves), all);
    expect(planned.entries).toMatchObject([
      { hub: "orders", group: "batch-a", result: "ready", partitions: { toMove: 3 } },
      { hub: "payments", group: "batch-a", result: "ready", partitions: { toMove: 1, withoutCheckpoint: 2 } },
    ]);
    await moves.apply(planned.id, { confirm: "new" }, admin1);
    const done = await reaching(asChild(moves), planned.id, ({ state }) => state === "done");
    expect(done.results).toMatchObject({ moved: 2 });
    const moved = await contentOf(target);
    const again = await plannedMove(asChild(moves), all);
    expect(again.entries.map(({ result }) => result)).toEqual(["unchanged", "unchanged"]);
    await expect(moves.apply(again.id, { confirm: "new" }, admin1)).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(moves.preview(request({ groups: ["nobody"] }), admin1)).rejects.toMatchObject({
      code: "invalidRequest",
    });
    await expect(moves.preview(request({ to: { store: "none" } }), admin1)).rejects.toMatchObject({
      code: "notFound",
    });
    expect((await moves.groupMoves(1)).groupMoves).toMatchObject([{ id: again.id, state: "planned" }]);

    const skip = { whenRunning: "skip" } as const;
    await expect(moves.undo(again.id, skip, admin1)).rejects.toMatchObject({ code: "conflict" });
    await expect(moves.undo("none", skip, admin1)).rejects.toMatchObject({ code: "notFound" });
    const touched = nameIn("batch-a", "0");
    await putWild(
      target,
      wild.common(
        { namespace: localNamespace, eventHub: "orders", group: "batch-a" },
        { partitionId: "0", sequenceNumber: 50 },
      ),
    );
    const undone = async (id: string) => {
      const plan = await settledUndo(moves, id);
      await moves.apply(plan.id, { confirm: "new" }, admin1);
      return reaching(asChild(moves), plan.id, ({ state }) => state === "done");
    };
    const undo = await undone(done.id);
    expect(undo.entries).toMatchObject([
      {
        hub: "orders",
        result: "partly",
        partitions: { written: 2, blocked: 1 },
        reason: { code: "partitionsLeft", params: { because: { code: "moveTouched" } } },
      },
      { hub: "payments", result: "moved", partitions: { written: 1 } },
    ]);
    expect(Object.keys(await contentOf(target))).toEqual([touched]);
    const nothing = await settledUndo(moves, done.id);
    expect(nothing.entries).toMatchObject([
      { hub: "orders", result: "blocked", partitions: { blocked: 1, unchanged: 2 } },
      { hub: "payments", result: "unchanged" },
    ]);
    const redone = await undone(undo.id);
    expect(redone.results).toMatchObject({ moved: 2 });
    const { [touched]: _, ...restored } = await contentOf(target);
    const { [touched]: __, ...made } = moved;
    expect(restored).toEqual(made);
  });
});
