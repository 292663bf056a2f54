import { afterAll, beforeAll, expect, it } from "vitest";
import { type Check, diagnosisSchema } from "#lib/api/diagnosis.ts";
import { resetPlanSchema, resetSchema } from "#lib/api/resets.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const at = { partitionId: "0", sequenceNumber: 4, offset: "-1" };
const placeOf = (group: string) => ({ namespace: localNamespace, eventHub: "Orders", group });
const patience = { timeout: 20_000, interval: 300 };

let world: LocalWorld;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "Orders", partitionCount: 1, consumerGroups: ["typed", "json"] }]);
  world.enqueue("Orders", "0", 10);
  await putWild(world.container, [
    ...[wild.common(placeOf("Typed"), at, false)].flat(),
    ...[wild.functions(placeOf("json"), { ...at, offset: "0" })].flat(),
  ]);
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: [world.hubConfig("Orders", { id: "orders", ownershipExpirationSeconds: 1 })],
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
});
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

async function ask(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${dashboard.url}/api/v1${path}`, {
    ...(body && { method: "POST", body: JSON.stringify(body) }),
    headers: { "content-type": "application/json" },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

async function applied(group: string, preview: string, body: object): Promise<string> {
  let plan = resetPlanSchema.parse(await ask(preview, body));
  // What was written a moment ago might be a processor's.
  await expect
    .poll(async () => {
      plan = resetPlanSchema.parse(await ask(preview, body));
      return plan.blockedBy;
    }, patience)
    .toBeNull();
  const begun = resetSchema.parse(
    await ask(`/event-hubs/orders/consumer-groups/${group}/resets`, { planId: plan.planId, confirm: group }),
  );
  await expect
    .poll(async () => resetSchema.parse(await ask(`/resets/${begun.id}`)).state, patience)
    .toBe("done");
  return begun.id;
}

const move = (group: string, format: string) =>
  applied(group, `/event-hubs/orders/consumer-groups/${group}/moves/preview`, { partitions: "all", format });

async function listed(): Promise<Check["items"]> {
  const { checks } = diagnosisSchema.parse(await ask("/event-hubs/orders/diagnosis"));
  return checks.find(({ id }) => id === "cleanup/main")?.items ?? [];
}

it("warns of a target group that no blob knows, and of no other", async () => {
  await expect.poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, patience).toBe(200);
  const codesFor = async (group: string) => {
    const preview = "/event-hubs/orders/consumer-groups/json/moves/preview";
    const plan = resetPlanSchema.parse(await ask(preview, { partitions: "all", to: { group } }));
    return plan.warnings.map(({ code }) => code);
  };
  expect(await codesFor("typd")).toEqual(["targetGroupNotSeen"]);
  expect(await codesFor("typed")).toEqual([]);
});

it("lists in the diagnosis what moves left behind, once nobody reads it and until they are undone", async () => {
  await expect.poll(async () => (await fetch(`${dashboard.url}/readyz`)).status, patience).toBe(200);
  expect(await listed()).toEqual([]);
  const typed = `${localNamespace}/Orders/Typed/checkpoint/0`;
  await move("Typed", "common");
  const moved = await move("json", "functions");
  const json = `${localNamespace}/orders/json/0`;
  const line = (blobName: string) =>
    expect.stringMatching(new RegExp(`^${blobName}: a move left it behind; \\d+ bytes; not changed for `));
  await expect.poll(listed, patience).toEqual([line(json)]);
  // A processor goes on in the spelling that the move made.
  await world.checkpoint("Orders", "Typed", "0", 6);
  await expect.poll(async () => (await listed()).toSorted(), patience).toEqual([line(typed), line(json)]);
  await applied("json", `/resets/${moved}/undo`, {});
  await expect.poll(listed, patience).toEqual([line(typed)]);
}, 90_000);
