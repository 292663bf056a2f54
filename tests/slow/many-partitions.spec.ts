import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from "#tests/e2e/page-checks.ts";
import { test as base, expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";
import { browserConfig, startBrowserWorld } from "#tests/support/worlds/worlds.ts";

interface WorkerFixtures {
  many: { world: LocalWorld; dashboard: TestDashboard };
}

/**
 * One world with a storage of its own for all tests: a thousand partitions keep a good part of a core busy,
 * and their blobs slow down the listings of others.
 */
const test = base.extend<object, WorkerFixtures>({
  many: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern here
    async ({}, use) => {
      const world = await startBrowserWorld(1_024);
      const dashboard = await startDashboard(browserConfig(world), { TIDEMARK_READ_ONLY: "false" });
      await ready(dashboard);
      await use({ world, dashboard });
      await dashboard.end();
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ many }, use) => use(many.dashboard.url),
});

test("1,024 partitions stay light", async ({ page }) => {
  await page.goto("/event-hubs/telemetry/consumer-groups/enrich");
  const region = page.getByRole("region", { name: "Partitions" });
  await expect(region.getByRole("row").nth(5)).toBeVisible();
  expect(await region.getByRole("row").count()).toBeLessThan(150);
  await expect(page.getByRole("main")).toContainText("1,024 partitions");
  await page.getByRole("searchbox").fill("900");
  await expect(region.getByRole("row")).toHaveCount(2);
});

// This test comes before anybody owns a partition, which would block it.
test.describe("after an upgrade", () => {
  test.use({ ignoredComplaints: /404 \(Not Found\)/ });

  test("a table that becomes long is whole without the part that draws its visible rows", async ({
    page,
  }) => {
    await page.goto("/event-hubs/telemetry/consumer-groups/enrich?q=900");
    const rows = page.getByRole("region", { name: "Partitions" }).getByRole("row");
    await expect(rows).toHaveCount(2);
    await page.route("**/_next/static/**", (route) => route.fulfill({ status: 404, body: "" }));
    await page.getByRole("searchbox").fill("");
    await expect(rows).toHaveCount(1_025);
    await expect(page.getByRole("main")).toContainText("A new version of the dashboard is running.");
  });
});

test("a reset carries a thousand partitions", async ({ page }) => {
  await page.goto("/event-hubs/telemetry/consumer-groups/enrich/reset?store=main&target=latest&partitions=");
  // The other two were checkpointed a moment ago, which blocks them.
  await page.getByRole("textbox", { name: "Partitions", exact: true }).fill("0-6,8-29,31-1023");
  const picker = page.getByRole("region", { name: "Partitions to choose from" });
  expect(await picker.getByRole("row").count()).toBeLessThan(150);
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page).toHaveURL(/\/resets\/plans\//, { timeout: 30_000 });
  await expect(page.getByRole("main")).toContainText("1,022 partitions");
  expect(await page.getByRole("region", { name: "Plan" }).getByRole("row").count()).toBeLessThan(150);
  const apply = page.getByRole("button", { name: "Apply to 1,022 partitions" });
  await expect(apply).toBeInViewport({ ratio: 1 });
  await page.getByRole("textbox", { name: /to confirm/ }).fill("enrich");
  await apply.click();
  await expect(page.getByRole("region", { name: "Summary" })).toContainText(
    "All 1,022 checkpoints were written.",
    {
      timeout: 60_000,
    },
  );
});

test("who owned what when is a lane for each of 1,024 partitions and a list of changes", async ({
  page,
  many: { world },
}) => {
  await page.goto("/event-hubs/telemetry/consumer-groups/enrich?tab=owners");
  const lanes = page.getByRole("region", { name: /^Owners over time/ }).getByRole("listitem");
  await expect(lanes.nth(3)).toContainText("nobody");
  await world.own("telemetry", "enrich", "3", "enrich-1");
  await page.getByRole("button", { name: "One by one" }).click();
  const changes = page.getByRole("region", { name: "Changes of owners" }).getByRole("row");
  await expect(changes.nth(1)).toContainText(/3claimed by.*enrich-1/);
  await expect(lanes.nth(3)).toContainText("owned by enrich-1");
  await expect(lanes.nth(2)).not.toContainText("enrich-1");
  expect(await lanes.count()).toBeLessThan(100);
  // The bar is as narrow as its few seconds, and stands elsewhere once the page has been laid out anew.
  await expect(async () => {
    const lane = await lanes.nth(3).boundingBox();
    await page.mouse.move(0, 0);
    await lanes.nth(3).hover({ position: { x: (lane?.width ?? 0) - 1, y: 1 } });
    await expect(page.getByRole("tooltip")).toContainText(
      /Partition 3: enrich-1\ssince .*\d\d:\d\d:\d\d.*\sstill owned/,
      { timeout: 1_000 },
    );
  }).toPass();
  await world.own("telemetry", "enrich", "3", "enrich-2");
  await expect(changes.nth(1)).toContainText(/stolen by.*enrich-2.*from.*enrich-1/);
  await page.getByRole("button", { name: "As a table" }).click();
  const spans = page.getByRole("region", { name: "Owners over time" }).getByRole("row");
  await expect(spans.filter({ hasText: "stolen by another owner" })).toContainText("enrich-1");
  await expect(spans.filter({ hasText: "still owned" })).toContainText("enrich-2");
});

test("a flapping partition is a finding that leads to its lane, and every owner has a row", async ({
  page,
  many: { world },
}) => {
  await page.goto("/event-hubs/telemetry/consumer-groups/enrich?tab=owners&range=15m");
  const findings = page.getByRole("list", { name: "Owner findings" });
  await page.getByRole("button", { name: "One by one" }).click();
  const changes = page.getByRole("region", { name: "Changes of owners" }).getByRole("row");
  for (let turn = 0; turn < 6; turn += 1) {
    await world.own("telemetry", "enrich", "900", `flapper-${turn % 2}`);
    // Each change is seen before the next, since two between refreshes would be one.
    await expect(changes.nth(1)).toContainText(new RegExp(`900.*flapper-${turn % 2}`));
    await expect(changes.filter({ hasText: /900(claimed|stolen)/ })).toHaveCount(turn + 1);
  }
  await expect(findings).toContainText(
    /Flapping.*Partition 900 changed owners 6 times within the .* known of this range/,
  );
  await expect(findings).toContainText("limit: 6 changes an hour");
  const owners = page.getByRole("region", { name: "Owners", exact: true }).getByRole("row");
  await expect(owners.filter({ hasText: "flapper-1" })).toContainText(/1.*\d+ s/);
  await expect(owners.filter({ hasText: "flapper-0" })).toContainText("none");

  const timeline = page.getByRole("region", { name: /^Owners over time/ });
  await page.getByRole("button", { name: "As a table" }).click();
  await findings.getByRole("button", { name: "Partition 900: to its lane" }).press("Enter");
  await expect(timeline).toBeFocused();
  await expect(page).toHaveURL(/[?&]lane=900/);
  await expect(timeline.locator("[aria-current=true]")).toBeInViewport();
  await expect(timeline.locator("[aria-current=true]")).toContainText("900");
});

for (const path of ["/event-hubs/telemetry?tab=partitions", "/event-hubs/telemetry/consumer-groups/enrich"]) {
  test(`${path} has no fault that axe finds in either theme, and fits a phone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("main").getByRole("table").first()).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
  });
}
