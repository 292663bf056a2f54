import { test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";

test("shows every group of every hub with its lag and its owners", async ({ page }) => {
  await page.goto("/");
  const rows = page.getByRole("region", { name: "Consumer groups" }).getByRole("row");
  await expect(rows).toHaveCount(1 + 7);
  const fraud = rows.filter({ hasText: "fraud-check" });
  await expect(fraud).toContainText("1,000");
  await expect(fraud).toContainText("1 / 4");
  await expect(rows.filter({ hasText: "billing" })).toContainText("4 / 4");
  await expect(rows.filter({ hasText: "$Default" })).toContainText("≤ 1,800");
  await expect(rows.filter({ hasText: "broken" })).toContainText("1 of 4 unreadable");
});

test("moves without a reload when events arrive", async ({ page, world }) => {
  await page.goto("/");
  const row = page.getByRole("row").filter({ hasText: "notify" });
  await expect(row).toContainText("notify");
  const loads: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "document" || request.url().includes("/api/v1/overview")) {
      loads.push(request.url());
    }
  });
  world.enqueue("refunds", "1", 77);
  await expect(row).toContainText("77");
  expect(loads).toEqual([]);
});

test("keeps search, filter and order in the address", async ({ page }) => {
  await page.goto("/");
  const table = page.getByRole("region", { name: "Consumer groups" });
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Filter groups" })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type("check");
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/check/);
  await page.reload();
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Filter groups" }).fill("nobody has this name");
  await expect(page.getByRole("main")).toContainText(/no (consumer )?group/i);
  await expect(table.getByRole("rowheader")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Filter groups" }).fill("");
  await table.getByRole("button", { name: "Lag", exact: true }).click();
  await expect(page).toHaveURL(/sort=/);
  const first = table.getByRole("row").nth(1);
  await expect(first).toContainText("enrich");
});

test("can be paused, and catches up when it goes on", async ({ page, world }) => {
  await page.goto("/");
  const row = page.getByRole("row").filter({ hasText: "enrich" });
  const lag = async () => ((await row.textContent()) ?? "").replaceAll(",", "");
  await expect.poll(lag).toMatch(/\d/);
  await page.getByRole("button", { name: /Pause live updates/ }).click();
  await expect(page.getByRole("banner")).toContainText("Paused");
  const before = await page.request.get("/api/v1/event-hubs/telemetry/consumer-groups/enrich");
  const { totalLag } = (await before.json()) as { totalLag: number };
  world.enqueue("telemetry", "7", 1_111);
  await expect
    .poll(async () => {
      const response = await page.request.get("/api/v1/event-hubs/telemetry/consumer-groups/enrich");
      return ((await response.json()) as { totalLag: number }).totalLag;
    })
    .toBe(totalLag + 1_111);
  // After two more refreshes, any one under way would have arrived.
  const read = async () => {
    const response = await page.request.get("/api/v1/event-hubs/telemetry");
    return ((await response.json()) as { observedAt: string }).observedAt;
  };
  const seen = new Set([await read()]);
  await expect.poll(async () => seen.add(await read()).size).toBeGreaterThan(2);
  expect(await lag()).toContain(String(totalLag));
  await page.getByRole("button", { name: /Resume live updates|Go on/ }).click();
  await expect.poll(lag).toContain(String(totalLag + 1_111));
});

test("goes anywhere by keyboard", async ({ page }) => {
  await page.goto("/");
  const palette = page.getByRole("dialog");
  // The keys work once the page's script does.
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.type("fraud");
  await expect(palette.getByRole("option").first()).toContainText("fraud-check");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/consumer-groups\/fraud-check/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("fraud-check");

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("metrics");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/metrics$/);
  await expect(page.getByText("# TYPE eventhubs_consumergroup_lag gauge")).toBeVisible();
});

test("has no fault that axe finds in either theme, and fits a phone", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("row").filter({ hasText: "billing" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessibleInBothThemes(page);
});
