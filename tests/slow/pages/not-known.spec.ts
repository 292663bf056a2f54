import { BlobServiceClient } from "@azure/storage-blob";
import type { Page } from "@playwright/test";
import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { BlobCheckpointStore } from "#lib/checkpoint-store/blob-checkpoint-store.ts";
import { expect, ready, test } from "#tests/e2e/quiet-fixtures.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { localNamespace } from "#tests/support/worlds/local-world.ts";

const groupAt = (hub: string) => `/event-hubs/${hub}/consumer-groups/billing`;
const favicon = (page: Page) => page.locator('link[rel="icon"][type="image/svg+xml"]').last();
const looksFine = /caught up|level|keeps pace|(?<!\d)0 (s|%)/i;

async function groupOf({ url }: TestDashboard, hub: string, store = "main") {
  const answer = await fetch(`${url}/api/v1${groupAt(hub)}?store=${store}`);
  return (await answer.json()) as { notes: { code: string }[] };
}

test("a group with unknown figures looks fine nowhere", async ({ page, own }) => {
  const world = await own.world([
    { name: "orders", partitionCount: 4 },
    { name: "moved", partitionCount: 3 },
    { name: "broken", partitionCount: 2 },
  ]);
  for (const id of ["0", "1", "2"]) world.enqueue("orders", id, 10_000);
  for (const id of ["0", "1", "2"]) world.enqueue("moved", id, 100);
  for (const id of ["0", "1"]) world.enqueue("broken", id, 100);
  await world.checkpoint("moved", "billing", "0", 99);
  for (const id of ["1", "2"]) await world.checkpoint("moved", "billing", id, 50_000);
  await world.checkpoint("broken", "billing", "0", 99);
  await world.container
    .getBlockBlobClient(`${localNamespace}/broken/billing/checkpoint/1`)
    .upload("", 0, { metadata: { offset: "", sequencenumber: "" } });
  const dashboard = await own.dashboard({
    eventHubs: [
      world.hubConfig("orders", { consumerGroups: ["billing"] }),
      world.hubConfig("moved"),
      world.hubConfig("broken"),
    ],
  });
  await ready(dashboard);

  const nothing = { status: "unknown", lagSeconds: null, catchUpSeconds: null, retentionUsed: null };
  expect(await groupOf(dashboard, "orders")).toMatchObject({
    ...nothing,
    statusCause: "noCheckpoint",
    totalLag: 30_000,
    totalLagIsUpperBound: true,
    measuredLag: null,
  });
  expect(await groupOf(dashboard, "moved")).toMatchObject({
    ...nothing,
    statusCause: "ahead",
    statusCausePartitions: 2,
    partitionsUnknown: 2,
  });
  expect(await groupOf(dashboard, "broken")).toMatchObject({
    ...nothing,
    statusCause: "unreadable",
    statusCausePartitions: 1,
    partitionsUnknown: 1,
  });
  const hubs = (await (await fetch(`${dashboard.url}/api/v1/event-hubs`)).json()) as {
    eventHubs: { status: string }[];
  };
  expect(hubs.eventHubs.map(({ status }) => status)).toEqual(["unknown", "unknown", "unknown"]);
  const metrics = await (await fetch(`${dashboard.url}/metrics`)).text();
  const statuses = metrics.split("\n").filter((line) => /^eventhubs_consumergroup_status\{.* 1$/.test(line));
  expect(statuses).toHaveLength(3);
  expect(statuses.filter((line) => !line.includes('status="unknown"'))).toEqual([]);

  for (const [hub, chip] of [
    ["orders", "No checkpoint"],
    ["moved", "2 of 3 ahead"],
    ["broken", "1 of 2 unreadable"],
  ] as const) {
    await page.goto(dashboard.url + groupAt(hub));
    await expect(page.getByRole("main")).toContainText(chip);
    await expect(page.getByLabel("Figures of billing")).not.toContainText(looksFine);
    await expect(favicon(page)).toHaveAttribute("href", "/icons/unknown.svg");
  }
  await page.goto(dashboard.url);
  await expect(page.getByRole("main")).toContainText("2 of 3 ahead");
  await expect(favicon(page)).toHaveAttribute("href", "/icons/unknown.svg");
});

test("a group that runs in two stores at once is noted in both", async ({ page, own }) => {
  const world = await own.world([{ name: "orders", partitionCount: 2 }]);
  for (const id of ["0", "1"]) world.enqueue("orders", id, 100);
  await world.own("orders", "billing", "0", "here");
  const service = BlobServiceClient.fromConnectionString(world.azurite.connectionString);
  const { containerClient } = await service.createContainer(`${world.container.containerName}-2`);
  const address = {
    fullyQualifiedNamespace: localNamespace,
    eventHubName: "orders",
    consumerGroup: "billing",
    partitionId: "0",
  };
  const claim = { ...address, ownerId: "there" };
  const connectionString = world.azurite.connectionString;
  const checkpointStores = [world.container, containerClient].map(({ containerName: container }, index) => ({
    id: ["main", "functions"][index],
    connectionString,
    container,
  }));
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders", { checkpointStores })] });
  await ready(dashboard);
  const noted = async (store: string) =>
    (await groupOf(dashboard, "orders", store)).notes.filter(({ code }) => code === "severalStores");
  expect(await noted("main")).toEqual([]);

  await new BlobCheckpointStore(containerClient).claimOwnership([claim]);
  await expect
    .poll(() => noted("main"))
    .toMatchObject([
      { partitionIds: ["0"], params: { owners: 1, others: [{ store: "functions", owners: 1 }] } },
    ]);
  expect(await noted("functions")).toMatchObject([{ params: { others: [{ store: "main", owners: 1 }] } }]);
  for (const [store, other] of [
    ["main", "functions"],
    ["functions", "main"],
  ]) {
    await page.goto(`${dashboard.url}${groupAt("orders")}?store=${store}`);
    await expect(page.getByRole("main")).toContainText(
      sentenceOf(reason("severalStores", { owners: 1, others: [{ store: String(other), owners: 1 }] })),
    );
  }
});
