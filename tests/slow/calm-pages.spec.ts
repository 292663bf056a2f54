import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { watchShifts } from "#tests/e2e/page-checks.ts";
import { test as base, expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";

const test = base.extend<{ calm: LocalWorld }>({
  calm: async ({ page, own }, use) => {
    const world = await own.world([{ name: "orders", partitionCount: 3, consumerGroups: ["billing"] }]);
    for (const [id, lag] of Object.entries([30, 20, 10])) {
      world.enqueue("orders", id, 100);
      await world.checkpoint("orders", "billing", id, 99 - lag);
    }
    const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders")] });
    await ready(dashboard);
    await page.goto(`${dashboard.url}/event-hubs/orders/consumer-groups/billing?sort=-lag`);
    await expect(page.getByRole("banner")).toContainText("Live");
    await expect.poll(() => order(page)).toEqual(["0", "1", "2"]);
    await use(world);
  },
});

const table = (page: Page) => page.getByRole("region", { name: "Partitions" });
const row = (page: Page, id: string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: id, exact: true }) });
const order = (page: Page) => table(page).getByRole("rowheader").allTextContents();
const note = (page: Page) => page.getByText("The order is paused while you are on the rows.");

test("rows stand still under a pointer, say so, and take their places when it leaves", async ({
  page,
  calm,
}) => {
  await row(page, "1").hover();
  await expect(note(page)).toHaveCount(0);
  calm.enqueue("orders", "2", 1_000);
  await expect(row(page, "2")).toContainText("1,010");
  expect(await order(page)).toEqual(["0", "1", "2"]);
  await expect(note(page)).toBeVisible();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect.poll(() => order(page)).toEqual(["2", "0", "1"]);
  await expect(note(page)).toHaveCount(0);
});

test("rows stand still while one has the focus, until another order is chosen", async ({ page, calm }) => {
  await page.getByRole("button", { name: "Details of 1" }).focus();
  calm.enqueue("orders", "2", 1_000);
  await expect(row(page, "2")).toContainText("1,010");
  expect(await order(page)).toEqual(["0", "1", "2"]);
  await expect(note(page)).toBeVisible();
  await table(page).getByRole("button", { name: "Partition", exact: true }).click();
  await expect(note(page)).toHaveCount(0);
  calm.enqueue("orders", "1", 5_000);
  await table(page).getByRole("button", { name: "Lag", exact: true }).click();
  await expect.poll(() => order(page)).toEqual(["1", "2", "0"]);
});

test("a table is one stop of the Tab key, and j, k, the arrows and Enter go through its rows", async ({
  page,
  calm: _,
}) => {
  const details = (id: string) => page.getByRole("button", { name: `Details of ${id}`, exact: true });
  await page.getByRole("button", { name: "CSV" }).last().focus();
  await page.keyboard.press("Tab");
  await expect(table(page)).toBeFocused();
  await page.keyboard.press("j");
  await expect(details("0")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await expect(details("2")).toBeFocused();
  await page.keyboard.press("k");
  await expect(details("1")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(details("1")).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await expect(table(page).locator("[id^=details-] :focus")).toHaveCount(1);
  await details("2").focus();
  await page.keyboard.press("Tab");
  await expect(table(page).locator(":focus")).toHaveCount(0);
  await details("2").focus();
  await page.keyboard.press("Shift+Tab");
  await expect(table(page).locator(":focus")).toHaveCount(0);
  await expect(table(page)).not.toBeFocused();
  // From anywhere else j goes to the first row, past the sort buttons of the head.
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("j");
  await expect(details("0")).toBeFocused();
  await page.keyboard.press("k");
  await expect(table(page).locator("thead :focus")).toHaveCount(1);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`nothing jumps at ${width} pixels while a group falls behind, is found out and recovers`, async ({
    page,
    calm,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const problems = page.getByRole("region", { name: "Problems" });
    const findings = page.getByRole("list", { name: "Findings" });
    const behind: Record<string, number> = { "0": 30, "1": 20, "2": 10 };
    const ends: Record<string, number> = { "0": 99, "1": 99, "2": 99 };
    const step = async (lag: number, standing: string | null = null) => {
      for (const id of ["0", "1", "2"]) {
        calm.enqueue("orders", id, 50);
        ends[id] = (ends[id] ?? 0) + 50;
        behind[id] = id === standing ? (behind[id] ?? 0) + 50 : lag;
        await calm.checkpoint("orders", "billing", id, ends[id] - behind[id]);
      }
      // Each step is a refresh of its own.
      await expect(row(page, "1")).toContainText((behind["1"] ?? 0).toLocaleString("en"));
    };
    let lag = 40;
    const until = (what: RegExp, standing: string | null, next: () => number) =>
      expect(async () => {
        lag = next();
        await step(lag, standing);
        await expect(problems).toContainText(what, { timeout: 100 });
      }).toPass({ timeout: 90_000, intervals: [100] });
    const steadily = () => (lag === 3 ? 5 : 3);
    const fallBehind = () => lag + 45;
    await until(/No problems with lag/, null, steadily);
    const shifts = await watchShifts(page);
    await calm.own("orders", "billing", "0", "billing-1");
    await until(/falling behind/, null, fallBehind);
    await expect(findings).toHaveCount(0);
    await until(/Partition 2 stalled/, "2", fallBehind);
    await calm.own("orders", "billing", "1", "billing-2");
    await problems.getByRole("button", { name: "Show" }).click();
    await expect(findings).toContainText("Partition 2 stalled.");
    for (const id of ["0", "1", "2"]) await calm.own("orders", "billing", id, "billing-3");
    await until(/No problems with lag/, null, steadily);
    await expect(findings).toContainText("No longer: Partition 2 stalled.");
    expect(await shifts()).toBeLessThan(0.1);
  });
}

test("what was wrong at the first look stands open, and what comes later waits for the reader", async ({
  page,
  calm,
}) => {
  const problems = page.getByRole("region", { name: "Problems" });
  const findings = page.getByRole("list", { name: "Findings" });
  // It goes on failing to the end: a processor that falls silent counts as stopped soon after.
  let isFailing = true;
  const failing = (async () => {
    while (isFailing) {
      calm.enqueue("orders", "0", 50);
      await calm.checkpoint("orders", "billing", "0", 70);
      await pause(1_000);
    }
  })();
  try {
    await expect(problems).toContainText("Partition 0 stalled.", { timeout: 60_000 });
    await page.reload();
    await expect(findings).toContainText("Partition 0 stalled.");
    await expect(problems).toContainText(/^1 problem/);
    await problems.getByRole("button", { name: "Hide" }).click();
    await expect(findings).toHaveCount(0);
    await expect(problems).toContainText("Partition 0 stalled.");
  } finally {
    isFailing = false;
    await failing;
  }
});
