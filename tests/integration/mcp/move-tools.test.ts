import type { ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { storedBlobs } from "#tests/support/azurite.ts";
import { makeAccounts } from "#tests/support/fixtures/accounts.ts";
import { connectTools, type ToolClient } from "#tests/support/fixtures/tool-client.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { anotherContainer } from "#tests/support/worlds/moving-world.ts";

const ids = ["0", "1"];
const groups = ["audit", "billing"];
const patience = { timeout: 20_000, interval: 300 };
const blobOf = (group: string, id: string) => `localhost/orders/${group}/checkpoint/${id}`;
const { entries, headers } = makeAccounts({
  admin: { role: "admin" },
  operator: { role: "operator" },
  narrow: { role: "admin", groups: ["billing"] },
});

let world: LocalWorld;
let target: ContainerClient;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups: groups }]);
  target = await anotherContainer(world);
  for (const id of ids) {
    world.enqueue("orders", id, 60);
    for (const group of groups) await world.checkpoint("orders", group, id, 40);
  }
  await world.container.getBlockBlobClient(blobOf("audit", "31")).upload("", 0);
  const { connectionString } = world.azurite;
  const checkpointStores = [
    { id: "old", connectionString, container: world.container.containerName },
    { id: "new", connectionString, container: target.containerName },
  ];
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      mcp: true,
      eventHubs: [world.hubConfig("orders", { ownershipExpirationSeconds: 1, checkpointStores })],
      access: { tokens: entries },
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 20_000);
}, 60_000);
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

async function connected(who: keyof typeof headers, typed: () => string | null = () => null) {
  const asked: string[] = [];
  const tools = await connectTools(dashboard.url, headers[who], (message) => {
    asked.push(message);
    const name = typed();
    return name === null ? { action: "decline" } : { action: "accept", content: { name } };
  });
  onTestFinished(() => tools.client.close());
  return { ...tools, asked };
}

/** A group that was written just now counts as running. */
async function quietPlan(call: ToolClient["call"], name: string, given: Record<string, unknown>) {
  let plan = await call(name, given);
  await expect
    .poll(async () => {
      plan = await call(name, given);
      return plan.isError
        ? plan.data.message
        : plan.data.entries.items.map((one: { blockedBy: unknown }) => one.blockedBy);
    }, patience)
    .toSatisfy((blocks) => Array.isArray(blocks) && blocks.every((one) => one === null));
  return plan;
}

async function outcomeOf(call: ToolClient["call"], resetId: string): Promise<string | undefined> {
  const { data } = await call("activity", { hub: "orders" });
  const all: { outcome: string; details: { resetId?: string } }[] = data.entries.items;
  return all.find(({ details, outcome }) => details.resetId === resetId && outcome !== "started")?.outcome;
}

it("move a group's checkpoints once a person has typed the group, and undo that", async () => {
  let name: string | null = null;
  const { call, asked } = await connected("admin", () => name);
  const place = { hub: "orders", group: "billing", store: "old" };
  const before = await storedBlobs(world.container);
  const plan = await quietPlan(call, "plan_move", { ...place, partitions: "all", to: { store: "new" } });
  expect(plan.text).toMatch(
    /^A plan, nothing is changed yet: 2 partitions would change, 0 of them are blocked/,
  );
  expect(plan.data).toMatchObject({
    store: "new",
    entries: {
      items: ids.map((id) => ({
        partitionId: id,
        source: { sequenceNumber: 40, format: "common", blobName: blobOf("billing", id) },
        targetBlobName: blobOf("billing", id),
      })),
    },
  });
  const { planId } = plan.data;
  expect(await call("apply_reset", { planId })).toMatchObject({
    isError: true,
    data: { code: "invalidRequest" },
  });
  expect(await storedBlobs(target)).toEqual({});
  name = "billing";
  const applied = await call("apply_reset", { planId });
  expect(asked[0]).toContain(
    'Move checkpoints from "billing" in the store "old" to "billing" in the store "new"',
  );
  expect(applied.text).toMatch(/^The move has begun \(offline\): 2 partitions\./);
  await expect.poll(() => outcomeOf(call, applied.data.resetId), patience).toBe("done");
  expect(Object.keys(await storedBlobs(target))).toEqual(ids.map((id) => blobOf("billing", id)));
  expect(await storedBlobs(world.container)).toEqual(before);

  const occupied = await call("plan_move", { ...place, partitions: "all", to: { store: "new" } });
  expect(occupied.data.unchanged).toBe(2);
  const undo = await quietPlan(call, "undo", { resetId: applied.data.resetId });
  expect(undo.data.entries.items).toMatchObject([{ removes: true }, { removes: true }]);
  const undone = await call("apply_reset", { planId: undo.data.planId });
  await expect.poll(() => outcomeOf(call, undone.data.resetId), patience).toBe("done");
  expect(await storedBlobs(target)).toEqual({});
});

it("name the argument that replaces what stands at the target", async () => {
  const { call } = await connected("operator");
  const metadata = { sequencenumber: "3", offset: "192" };
  const there = target.getBlockBlobClient(blobOf("audit", "0"));
  await there.upload("", 0, { metadata });
  onTestFinished(async () => void (await there.delete()));
  const given = { hub: "orders", group: "audit", store: "old", partitions: ["0"], to: { store: "new" } };
  await expect
    .poll(async () => (await call("plan_move", given)).data.entries.items[0].blockedBy, patience)
    .toMatch(/The target already has a checkpoint .* Name the partition in `overwrite` to replace it\.$/);
});

it("clean up for admins alone, blob by blob, and bring back what was deleted", async () => {
  const operator = await connected("operator");
  const place = { hub: "orders", group: "audit", store: "old" };
  expect(await operator.call("plan_cleanup", place)).toMatchObject({
    isError: true,
    data: { code: "forbidden" },
  });
  const { call, asked } = await connected("admin", () => "audit");
  const stray = world.container.getBlobClient(blobOf("audit", "31"));
  const plan = await quietPlan(call, "plan_cleanup", place);
  expect(plan.text).toContain("1 blob would change, 0 of them are blocked; 1 deleted.");
  expect(plan.data.entries.items).toMatchObject([
    { blobName: stray.name, act: "delete", why: "gonePartition" },
  ]);
  const applied = await call("apply_reset", { planId: plan.data.planId });
  expect(asked[0]).toContain(
    'Clean up "audit" in the store "old" on "orders": 1 blob is cleaned up, 1 deleted.',
  );
  await expect.poll(() => outcomeOf(call, applied.data.resetId), patience).toBe("done");
  expect(await stray.exists()).toBe(false);
  const undo = await call("undo", { resetId: applied.data.resetId });
  const undone = await call("apply_reset", { planId: undo.data.planId });
  await expect.poll(() => outcomeOf(call, undone.data.resetId), patience).toBe("done");
  expect(await stray.exists()).toBe(true);
});

it("move several groups once a person has typed the store, follow that, and undo it", async () => {
  let name: string | null = "old";
  const { call, asked } = await connected("admin", () => name);
  const reaching = async (id: string, state: string) => {
    await expect.poll(async () => (await call("group_move", { id })).data.state, patience).toBe(state);
    return call("group_move", { id });
  };
  const planned = async (plan: () => ReturnType<typeof call>) => {
    let told = await plan();
    await expect
      .poll(async () => {
        told = await reaching((await plan()).data.id, "planned");
        return told.data.entries.items.map(({ result }: { result: string }) => result);
      }, patience)
      .toEqual(["ready", "ready"]);
    return told;
  };
  const body = { from: { hub: "orders", store: "old" }, to: { store: "new" } };
  const plan = await planned(() => call("plan_group_move", body));
  expect(plan.text).toContain("2 of 2 groups can be moved: 4 checkpoints.");
  expect(plan.page).toBe(`${dashboard.url}/group-moves/${plan.data.id}`);

  const narrow = await connected("narrow", () => "new");
  expect((await narrow.call("group_move", { id: plan.data.id })).data.entries.items).toHaveLength(1);
  expect(await narrow.call("apply_group_move", { id: plan.data.id })).toMatchObject({
    data: { code: "forbidden" },
  });
  const operator = await connected("operator", () => "new");
  expect(await operator.call("apply_group_move", { id: plan.data.id })).toMatchObject({
    data: { code: "forbidden" },
  });
  expect(operator.asked).toEqual([]);

  const wrong = await call("apply_group_move", { id: plan.data.id });
  expect(wrong).toMatchObject({ isError: true, data: { code: "invalidRequest" } });
  expect(asked[0]).toMatch(
    /^Move 2 groups from the store "old" to the store "new": .* type the id of the store/,
  );
  name = "new";
  const { id } = (await call("apply_group_move", { id: plan.data.id })).data;
  const done = await reaching(id, "done");
  expect(done.data.results).toMatchObject({ moved: 2 });
  expect(Object.keys(await storedBlobs(target))).toHaveLength(4);
  expect(await call("stop_group_move", { id })).toMatchObject({ isError: true, data: { code: "conflict" } });

  const undo = await planned(() => call("undo_group_move", { id }));
  const undone = await call("apply_group_move", { id: undo.data.id });
  expect(asked.at(-1)).toMatch(/^Undo the move of 2 groups to the store "new": /);
  await reaching(undone.data.id, "done");
  expect(await storedBlobs(target)).toEqual({});
  expect(await call("apply_group_move", { id })).toMatchObject({ isError: true, data: { code: "conflict" } });
});
