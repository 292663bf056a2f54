import { test as base, expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { contentOf } from "#tests/support/worlds/moving/group-moves-world.ts";
import { startTwoAccounts, type TwoAccounts } from "#tests/support/worlds/moving/two-accounts.ts";

const common = Array.from({ length: 40 }, (_, n) => `group-${String(n).padStart(2, "0")}`);
const functions = ["functions-a"];
const groups = common.length + functions.length;
const folder = process.env.MOVE_SHOTS;

interface Moving {
  accounts: TwoAccounts;
  dashboard: TestDashboard;
}

const test = base.extend<object, { moving: Moving }>({
  moving: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a pattern here
    async ({}, use) => {
      const accounts = await startTwoAccounts({ common, functions });
      const moving = { accounts, dashboard: await accounts.start() };
      await ready(moving.dashboard);
      await use(moving);
      await accounts.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ moving }, use) => use(moving.dashboard.url),
});

test.use({ ignoredComplaints: /Failed to load resource|net::ERR/ });

test("moves a whole container to another account over a kill of the dashboard, from the page, and undoes it", async ({
  page,
  moving,
}) => {
  const { accounts } = moving;
  const title = page.getByRole("heading", { level: 1 });
  const progress = page.getByRole("region", { name: "Progress" });
  const before = await contentOf(accounts.source);
  await page.goto("/event-hubs/orders/move-groups?store=old&to=new");
  await expect(page.getByText(`${groups} groups of this hub.`)).toBeVisible();
  // A group that was written just now counts as running.
  await expect(async () => {
    await page.goto("/event-hubs/orders/move-groups?store=old&to=new");
    await page.getByRole("button", { name: "Review" }).click();
    await expect(title).toHaveText("Review the move of groups");
    await expect(progress).toContainText(
      `${groups} of ${groups} groups can be moved: ${groups * 4} checkpoints.`,
    );
  }).toPass();
  await expect(page.getByRole("list", { name: "Warnings" })).toContainText(
    "functions-a: Azure Functions with extension 5 or later reads the old JSON checkpoint (localhost/orders/functions-a/0) in the store old, before and after the move.",
  );
  if (folder !== undefined) {
    for (const colorScheme of ["light", "dark"] as const)
      for (const width of [1440, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: `${folder}/warned-${width}-${colorScheme}.png` });
      }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  await page.getByRole("textbox", { name: /to confirm/ }).fill("new");
  await page.getByRole("button", { name: `Move ${groups} groups` }).click();
  await expect(progress).toContainText(/\b([2-9]|[1-3]\d) of 41 groups settled/);
  await moving.dashboard.end("SIGKILL");
  expect(Object.keys(await contentOf(accounts.target)).length).toBeLessThan(groups * 4);
  moving.dashboard = await accounts.start();

  await expect(progress).toContainText(`${groups} of ${groups} groups moved.`, { timeout: 60_000 });
  await expect(title).toHaveText("Move of groups");
  const there = await contentOf(accounts.target);
  expect(Object.keys(there)).toHaveLength(groups * 4);
  expect(there["localhost/orders/functions-a/checkpoint/2"]).toMatchObject({
    metadata: { sequencenumber: "42" },
  });
  expect(await contentOf(accounts.source)).toEqual(before);

  const report = page.url();
  await expect(async () => {
    await page.goto(report);
    await page.getByRole("button", { name: "Undo…" }).click();
    await expect(title).toHaveText("Review the undo of groups");
    await expect(progress).toContainText(
      `${groups} of ${groups} groups can be undone: ${groups * 4} checkpoints.`,
    );
  }).toPass();
  await page.getByRole("textbox", { name: /to confirm/ }).fill("new");
  await page.getByRole("button", { name: `Undo ${groups} groups` }).click();
  await expect(progress).toContainText(`${groups} of ${groups} groups undone.`, { timeout: 60_000 });
  expect(await contentOf(accounts.target)).toEqual({});
  expect(await contentOf(accounts.source)).toEqual(before);
});
