import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { watchShifts } from "#tests/e2e/page-checks.ts";
import { expect, ready, test } from "#tests/e2e/quiet-fixtures.ts";
import { resetOverHttp } from "#tests/e2e/reset-fixtures.ts";
import { startCutProxy } from "#tests/support/proxies/cut-proxy.ts";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";

const sizes = [
  [1440, 900],
  [390, 844],
] as const;

const notice = (page: Page) => page.getByRole("status").filter({ hasText: "figures from" });
const dock = (page: Page) => page.locator("#dock");
const takeUp = (page: Page) => page.getByRole("button", { name: "Move to the top of the page" }).click();

async function twoHubs(own: {
  world: (hubs: { name: string; partitionCount: number; consumerGroups: string[] }[]) => Promise<LocalWorld>;
}) {
  const hub = { partitionCount: 3, consumerGroups: ["billing"] };
  const world = await own.world([
    { name: "orders", ...hub },
    { name: "returns", ...hub },
  ]);
  for (const name of ["orders", "returns"])
    for (const id of ["0", "1", "2"]) {
      world.enqueue(name, id, 100);
      await world.checkpoint(name, "billing", id, 90);
    }
  return world;
}

/** A store that can be cut off. */
async function cutStore(world: LocalWorld, id: string) {
  const port = Number(/BlobEndpoint=http:\/\/[^:]+:(\d+)/.exec(world.azurite.connectionString)?.[1]);
  const proxy = await startCutProxy(port);
  const connectionString = world.azurite.connectionString.replaceAll(`:${port}`, `:${proxy.port}`);
  return { proxy, store: { id, connectionString, container: world.container.containerName } };
}

for (const [width, height] of sizes) {
  test(`nothing jumps at ${width} pixels while the storage goes away and comes back`, async ({
    page,
    own,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const world = await twoHubs(own);
    const { proxy, store } = await cutStore(world, "main");
    own.endAfterwards(() => proxy.stop());
    const config = { checkpointStores: [store] };
    const dashboard = await own.dashboard({
      eventHubs: [world.hubConfig("orders", config), world.hubConfig("returns", config)],
    });
    await ready(dashboard);
    const banner = page.getByRole("banner");
    for (const [path, named] of [
      ["/", "Store main of orders and returns"],
      ["/event-hubs/orders/consumer-groups/billing", "billing"],
    ] as const) {
      await page.goto(dashboard.url + path);
      await expect(banner).toContainText("Live");
      // Rates come after a minute, and change what notes say: they are no part of this.
      const shifts = await watchShifts(page);
      proxy.cut(true);
      await expect(notice(page)).toContainText(named, { timeout: 60_000 });
      await expect(notice(page)).toBeInViewport();
      proxy.cut(false);
      await expect(notice(page)).toHaveCount(0);
      expect(await shifts(), `${path}: it came and went`).toBeLessThan(0.1);

      proxy.cut(true);
      await expect(notice(page)).toContainText(named, { timeout: 60_000 });
      await takeUp(page);
      await expect(dock(page)).toBeEmpty();
      const onTop = await watchShifts(page);
      proxy.cut(false);
      const ended = page.getByText("Everything is read again.");
      await expect(ended).toBeVisible();
      expect(await onTop(), `${path}: its place stays`).toBeLessThan(0.1);
      await page.getByRole("button", { name: "Hide", exact: true }).click();
      await expect(ended).toHaveCount(0);
    }
  });
}

for (const [width, height] of sizes) {
  test(`nothing jumps at ${width} pixels when a second cause joins a notice that was there at the first look`, async ({
    page,
    own,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const world = await twoHubs(own);
    const [main, old] = [await cutStore(world, "main"), await cutStore(world, "old")];
    for (const { proxy } of [main, old]) own.endAfterwards(() => proxy.stop());
    const dashboard = await own.dashboard({
      eventHubs: [
        world.hubConfig("orders", { checkpointStores: [main.store] }),
        world.hubConfig("returns", { checkpointStores: [old.store] }),
      ],
    });
    await ready(dashboard);
    main.proxy.cut(true);
    const isStale = async () =>
      ((await (await fetch(`${dashboard.url}/api/v1/event-hubs/orders`)).json()) as { stale: boolean }).stale;
    await expect.poll(isStale, { timeout: 60_000 }).toBe(true);
    await page.goto(dashboard.url);
    await expect(notice(page)).toContainText("Store main of orders");
    await expect(dock(page)).toBeEmpty();

    const shifts = await watchShifts(page);
    old.proxy.cut(true);
    await expect(dock(page)).toContainText("Store old of returns", { timeout: 60_000 });
    await expect(notice(page).first()).not.toContainText("Store old");
    expect(await shifts()).toBeLessThan(0.1);
    await takeUp(page);
    await expect(dock(page)).toBeEmpty();
    await expect(notice(page)).toContainText(/Store main of orders.*Store old of returns/);

    const ending = await watchShifts(page);
    main.proxy.cut(false);
    await expect(notice(page)).not.toContainText("Store main", { timeout: 60_000 });
    old.proxy.cut(false);
    await expect(page.getByText("Everything is read again.")).toBeVisible({ timeout: 60_000 });
    expect(await ending()).toBeLessThan(0.1);
  });

  test(`nothing jumps at ${width} pixels when somebody else resets the group, nor when the page is opened after it`, async ({
    page,
    own,
  }) => {
    await page.setViewportSize({ width, height });
    const world = await twoHubs(own);
    const dashboard = await own.dashboard(
      { eventHubs: [world.hubConfig("orders", { ownershipExpirationSeconds: 1 })] },
      { TIDEMARK_READ_ONLY: "false" },
    );
    await ready(dashboard);
    const group = `${dashboard.url}/event-hubs/orders/consumer-groups/billing`;
    await page.goto(group);
    await expect(page.getByRole("banner")).toContainText("Live");
    const shifts = await watchShifts(page);
    await resetOverHttp(dashboard, "billing", ["0", "1"], -10);
    const strip = page.getByRole("region", { name: "Last reset" });
    await expect(dock(page)).toContainText("Both checkpoints were written.");
    await expect(strip).toHaveCount(1);
    expect(await shifts()).toBeLessThan(0.1);

    const isSent = async () =>
      (await (await page.request.get(group)).text()).includes('aria-label="Last reset"');
    expect(await isSent()).toBe(true);
    await page.reload();
    await expect(strip).toContainText("Both checkpoints were written.");
    await expect(dock(page)).toBeEmpty();
    expect(await (await watchShifts(page, { sinceLoad: true }))()).toBeLessThan(0.1);
    await strip.getByRole("button", { name: "Dismiss" }).click();
    await expect(strip).toHaveCount(0);
    expect(await isSent()).toBe(false);
  });
}

for (const [width, height] of sizes) {
  test(`nothing jumps at ${width} pixels when a group comes to need attention, another joins, and both recover`, async ({
    page,
    own,
  }) => {
    await page.setViewportSize({ width, height });
    const world = await twoHubs(own);
    const ownAll = async (hub: string, ids: string[]) => {
      for (const id of ids) await world.own(hub, "billing", id, "billing-0");
    };
    for (const hub of ["orders", "returns"]) await ownAll(hub, ["0", "1", "2"]);
    const hub = { ownershipExpirationSeconds: 3_600 };
    const dashboard = await own.dashboard({
      eventHubs: [world.hubConfig("orders", hub), world.hubConfig("returns", hub)],
    });
    await ready(dashboard);
    await page.goto(dashboard.url);
    await expect(page.getByRole("banner")).toContainText("Live");
    const list = page.getByRole("heading", { name: "Needs attention" });
    await expect(list).toHaveCount(0);

    const shifts = await watchShifts(page);
    await world.own("orders", "billing", "1", "");
    await expect(dock(page)).toContainText("1 new");
    await expect(dock(page)).toContainText("billing on orders runs, but partition 1 has no owner.");
    await ownAll("orders", ["1"]);
    await expect(dock(page)).toBeEmpty();
    await world.own("orders", "billing", "1", "");
    await expect(dock(page)).toContainText("1 new");
    expect(await shifts(), "it came, went and came").toBeLessThan(0.1);
    await takeUp(page);
    await expect(dock(page)).toBeEmpty();
    await expect(list).toBeInViewport();

    const joining = await watchShifts(page);
    await world.own("returns", "billing", "2", "");
    await expect(dock(page)).toContainText("billing on returns runs, but partition 2 has no owner.");
    await ownAll("orders", ["1"]);
    await expect(dock(page)).toBeEmpty();
    await expect(page.getByRole("main")).toContainText(
      "billing on returns runs, but partition 2 has no owner.",
    );
    await ownAll("returns", ["2"]);
    const ended = page.getByText("Nothing needs attention any more.");
    await expect(ended).toBeVisible();
    expect(await joining(), "another joined, took its place and ended").toBeLessThan(0.1);
    await page.getByRole("button", { name: "Hide", exact: true }).click();
    await expect(ended).toHaveCount(0);
  });

  test(`nothing jumps at ${width} pixels when the configuration file becomes faulty and is mended`, async ({
    page,
    own,
  }) => {
    await page.setViewportSize({ width, height });
    const world = await twoHubs(own);
    const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
    await ready(dashboard);
    const good = await readFile(dashboard.file, "utf8");
    const write = async (text: string) => {
      await writeFile(dashboard.file, text);
      dashboard.signal("SIGHUP");
    };
    const faulty = good.replace('"refreshSeconds":1', '"refreshSeconds":0,"hubs":[]');
    await page.goto(dashboard.url);
    await expect(page.getByRole("banner")).toContainText("Live");
    const shifts = await watchShifts(page);
    await write(faulty);
    await expect(dock(page)).toContainText("it has 2 faults");
    await write(good);
    await expect(dock(page)).toBeEmpty();
    await write(faulty);
    await expect(dock(page)).toContainText("it has 2 faults");
    expect(await shifts(), "it came, went and came").toBeLessThan(0.1);
    await takeUp(page);
    await expect(dock(page)).toBeEmpty();

    const ending = await watchShifts(page);
    await write(good);
    const ended = page.getByText("The configuration is in effect.");
    await expect(ended).toBeVisible();
    expect(await ending(), "its place stays").toBeLessThan(0.1);
    await page.getByRole("button", { name: "Hide", exact: true }).click();
    await expect(ended).toHaveCount(0);
  });
}
