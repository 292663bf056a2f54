import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Check, diagnosisSchema } from "#lib/api/diagnosis.ts";
import { brokenBlobs, strayBlobs } from "#tests/support/fixtures/blobs/broken-blobs.ts";
import { putWild } from "#tests/support/fixtures/blobs/put-wild.ts";
import { wild } from "#tests/support/fixtures/blobs/wild-blobs.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const where = { namespace: localNamespace, eventHub: "orders", group: "Billing" };
const at = { partitionId: "0", sequenceNumber: 4 };
const { torn, frayed } = brokenBlobs(localNamespace, "orders");

let world: LocalWorld;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 1 }]);
  world.enqueue("orders", "0", 10);
  await putWild(world.container, [
    ...strayBlobs(localNamespace, "orders"),
    ...[...torn, ...frayed].map(({ blob }) => blob),
    ...wild.common(where, at),
    ...wild.common(where, at, false),
    ...wild.common({ ...where, namespace: "contoso.servicebus.windows.net" }, at),
    wild.go3("go/", at),
    wild.dotnetHost("eph/host", at),
  ]);
  const store = {
    connectionString: world.azurite.connectionString,
    container: world.container.containerName,
  };
  dashboard = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [
      world.hubConfig("orders", {
        consumerGroups: ["billing", "misspelt"],
        checkpointStores: [
          { id: "main", ...store },
          { id: "go", ...store, prefix: "go/", formats: ["go3"], consumerGroup: "archive" },
          { id: "gone", ...store, container: "no-such-container" },
        ],
      }),
      world.hubConfig("nowhere"),
    ],
  });
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 10_000);
});

afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

async function checksOf(hub: string): Promise<Map<string, Check>> {
  const response = await fetch(`${dashboard.url}/api/v1/event-hubs/${hub}/diagnosis`);
  expect(response.status).toBe(200);
  const { checks } = diagnosisSchema.parse(await response.json());
  return new Map(checks.map((check) => [check.id, check]));
}

const notLookedAt = [
  "listRights",
  "prefix",
  "formats",
  "unreadableBlobs",
  "duplicateTrees",
  "cleanup",
  "unclaimed",
  "blobRetention",
  "clock",
];

it("tells exactly what is off or unchecked, and where", async () => {
  const checks = await checksOf("orders");
  const off = [...checks.values()]
    .filter(({ state }) => state !== "pass")
    .map(({ id, state }) => [id, state]);
  expect(off).toEqual([
    ["unreadableBlobs/main", "fail"],
    ["duplicateTrees/main", "warn"],
    ["cleanup/main", "warn"],
    ["unclaimed/main", "warn"],
    // Nobody lists the groups, so those that are gone can't be told.
    ["cleanup/go", "skipped"],
    ["container/gone", "fail"],
    ...notLookedAt.map((check) => [`${check}/gone`, "skipped"]),
    ["configuredGroups", "warn"],
    ["aheadOfHub", "skipped"],
    ["inspectionGroup", "warn"],
    ["resourceManager", "skipped"],
  ]);
  const unreadable = checks.get("unreadableBlobs/main")?.items ?? [];
  const broken = [...torn, ...frayed].filter(({ told }) => told !== null);
  // Positions without an offset can be counted with, but stop processors all the same.
  expect(unreadable).toHaveLength(broken.length + 3);
  for (const { blob, told } of broken) {
    expect(unreadable.find((item) => item.startsWith(`${blob.name}: `))).toContain(told);
  }
  expect(checks.get("prefix/main")?.items).toEqual([
    "contoso.servicebus.windows.net/orders (another namespace)",
    "localhost/orders-2 (another hub)",
  ]);
  expect(checks.get("unclaimed/main")?.items).toEqual(["0", "eph/host/0", "photos/1"]);
  expect(checks.get("blobRetention/main")?.detail.code).toBe("nothingKept");
});

it("tells a missing hub, and a diagnosis without a hub", async () => {
  expect((await checksOf("nowhere")).get("eventHub")).toMatchObject({ state: "fail" });
  expect((await fetch(`${dashboard.url}/api/v1/event-hubs/none/diagnosis`)).status).toBe(404);
});
