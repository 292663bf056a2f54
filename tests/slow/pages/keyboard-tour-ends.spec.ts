import { expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import { test } from "#tests/e2e/reset-fixtures.ts";
import { startProcessors } from "#tests/support/worlds/live/live-world.ts";
import { anotherContainer } from "#tests/support/worlds/moving-world.ts";
import { button, confirm, press, type } from "./keys.ts";

const writing = { TIDEMARK_READ_ONLY: "false" };

test("a live reset is stopped after its wave, then at once, and its result dismissed with the keyboard alone", async ({
  page,
  resetWorld,
}) => {
  const processors = startProcessors(resetWorld, "steady", 1, { eventHub: "payments" });
  const steady = "/event-hubs/payments/consumer-groups/steady";
  const owned = async () => {
    const answer = await page.request.get(`/api/v1${steady}`);
    return ((await answer.json()) as { ownedPartitions?: number }).ownedPartitions;
  };
  await expect.poll(owned, { timeout: 30_000 }).toBe(2);
  await page.goto(`${steady}/reset?store=main&target=earliest&mode=live`);
  // Long enough for the keys to find a wave under way, and one that has not begun.
  await type(page, page.getByRole("textbox", { name: "Longest handler time in seconds" }), "20");
  await press(page, button(page, "Review"));
  await confirm(page, "steady");
  const stop = page.getByRole("region", { name: "Stop" });
  await press(page, stop.getByRole("button", { name: "Stop after this wave" }));
  await expect(stop.getByRole("status")).toContainText("it ends after this wave");
  await press(page, stop.getByRole("button", { name: "Stop now" }));
  await expect(stop).toHaveCount(0, { timeout: 60_000 });
  await expect(page.getByRole("region", { name: "Summary" })).not.toContainText(
    "Both checkpoints were written.",
  );
  await press(page, button(page, "Dismiss"));
  await expect(page).toHaveURL(/\/consumer-groups\/steady/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("steady");
  await expect(page.getByRole("region", { name: "Last reset" })).toHaveCount(0);
  await processors.close();
});

test("groups are moved at once, that is undone up to its review, and a gone group dismissed with the keyboard alone", async ({
  page,
  own,
}) => {
  const groups = ["archive", "audit"];
  const world = await own.world([{ name: "orders", partitionCount: 1, consumerGroups: groups }]);
  world.enqueue("orders", "0", 60);
  for (const group of [...groups, "gone"]) await world.checkpoint("orders", group, "0", 40);
  const { connectionString } = world.azurite;
  const containers = { old: world.container, new: await anotherContainer(world) };
  const checkpointStores = Object.entries(containers).map(([id, { containerName }]) => ({
    id,
    connectionString,
    container: containerName,
  }));
  const over = { ownershipExpirationSeconds: 2, checkpointStores };
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders", over)] }, writing);
  await ready(dashboard);
  // A group that was written just now counts as running.
  const restedMs = async () => {
    const last = world.container.getBlobClient("localhost/orders/gone/checkpoint/0");
    const { date, lastModified } = await last.getProperties();
    return Number(date) - Number(lastModified);
  };
  await expect.poll(restedMs).toBeGreaterThanOrEqual(2_000);
  const title = page.getByRole("heading", { level: 1 });
  const progress = page.getByRole("region", { name: "Progress" });
  await page.goto(`${dashboard.url}/event-hubs/orders/move-groups`);
  await type(page, page.getByRole("textbox", { name: "Names" }), "a*");
  await press(page, button(page, "Review"));
  await expect(progress).toContainText("2 of 2 groups can be moved: 2 checkpoints.");
  await type(page, page.getByRole("textbox", { name: /to confirm/ }), "new");
  await page.keyboard.press("Enter");
  await expect(progress).toContainText("2 of 2 groups moved.");
  await press(page, button(page, "Undo…"));
  await expect(title).toHaveText("Review the undo of groups");
  await press(page, button(page, "Back"));
  await expect(title).toHaveText("Move of groups");

  await page.goto(`${dashboard.url}/event-hubs/orders/consumer-groups/gone`);
  await world.container.deleteBlob("localhost/orders/gone/checkpoint/0");
  await press(page, button(page, "Dismiss the group"));
  await expect(page).toHaveURL(/\/event-hubs\/orders$/);
  await expect(page.getByRole("main")).not.toContainText("gone");
});
