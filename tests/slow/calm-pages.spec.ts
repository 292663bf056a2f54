import type { Page } from "@playwright/test";
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

test("nothing jumps on a page of a group that falls behind", async ({ page, calm }) => {
  await page.evaluate(() => {
    const all: number[] = [];
    Object.assign(window, { shifts: all });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        all.push(entry.value);
    }).observe({ type: "layout-shift" });
  });
  for (let turn = 1; turn <= 8; turn += 1) {
    for (const id of ["0", "1", "2"]) {
      calm.enqueue("orders", id, 100);
      await calm.checkpoint("orders", "billing", id, 99 + turn * 10);
    }
    await expect(row(page, "0")).toContainText(String(turn * 90));
  }
  await expect(page.getByRole("main")).toContainText("Falling behind");
  await expect(page.getByRole("list", { name: "Findings" })).toBeVisible();
  const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.1);
});

test("what stands below a finding's figures keeps its place on a phone while they change", async ({
  page,
  calm,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const findings = page.getByRole("list", { name: "Findings" });
  const step = async (turn: number) => {
    for (const id of ["0", "1", "2"]) {
      calm.enqueue("orders", id, turn % 2 === 0 ? 30 : 900);
      await calm.checkpoint("orders", "billing", id, 99 + turn * 10);
    }
  };
  let turn = 1;
  await expect(async () => {
    await step(turn++);
    await expect(findings).toContainText("falling behind", { timeout: 1_500 });
  }).toPass({ timeout: 60_000 });
  await page.evaluate(() => {
    const tops: number[] = [];
    const texts = new Set<string>();
    Object.assign(window, { tops, texts });
    const look = () => {
      const [figures, nextStep] = document.querySelectorAll("[aria-label=Findings] li:first-child p");
      const top = nextStep?.getBoundingClientRect().top ?? 0;
      texts.add(figures?.textContent ?? "");
      if (top !== tops.at(-1)) tops.push(top);
      requestAnimationFrame(look);
    };
    look();
  });
  const seen = () => page.evaluate(() => (window as unknown as { texts: Set<string> }).texts.size);
  for (const before = turn; turn < before + 12; ) {
    const texts = await seen();
    await step(turn++);
    await expect.poll(seen).toBeGreaterThan(texts);
  }
  const tops = await page.evaluate(() => (window as unknown as { tops: number[] }).tops);
  const risen = tops.filter((top, i) => i > 0 && top < (tops[i - 1] ?? 0));
  expect(risen, `of the places ${tops}`).toEqual([]);
});
