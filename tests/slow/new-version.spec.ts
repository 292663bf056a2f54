import type { Page, Route } from "@playwright/test";
import { test } from "#tests/e2e/fixtures.ts";
import { expectAccessibleInBothThemes } from "#tests/e2e/page-checks.ts";
import { atWork, expect } from "#tests/e2e/quiet-fixtures.ts";

const groupPage = "/event-hubs/telemetry/consumer-groups/enrich";
const lagPage = `${groupPage}?tab=lag`;
const chunks = "**/_next/static/chunks/*.js";
const gone = (route: Route) => route.fulfill({ status: 404, body: "" });
const notice = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });
const banner = (page: Page) => page.getByRole("banner");
const partition30 = (page: Page) =>
  page
    .getByRole("region", { name: "Partitions" })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "30", exact: true }) });

test.use({ ignoredComplaints: /404 \(Not Found\)|net::ERR_/ });

test("a tab that outlives an upgrade says so, keeps its figures going, and reloads on request", async ({
  page,
  world,
}) => {
  await page.goto(`${groupPage}?q=30`);
  await expect(banner(page)).toContainText("Live");
  await page.route("**/_next/static/**", gone);
  await page.keyboard.press("ControlOrMeta+k");
  const told = notice(page, "A new version of the dashboard is running.");
  await expect(told).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  world.enqueue("telemetry", "30", 4_321);
  await expect(partition30(page)).toContainText("4,321");
  await expectAccessibleInBothThemes(page);
  await page.unroute("**/_next/static/**");
  await told.getByRole("button", { name: "Reload" }).click();
  await expect(told).toHaveCount(0);
  await atWork(page);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("a menu that the server no longer has says so, and the next press loads it", async ({ page }) => {
  await page.goto("/");
  await page.route("**/_next/static/**", gone);
  const view = banner(page).getByRole("button", { name: "Theme and time zone" });
  await view.click();
  await expect(notice(page, "A new version of the dashboard is running.")).toBeVisible();
  await expect(view).toHaveAttribute("aria-expanded", "false");
  await page.unroute("**/_next/static/**");
  await view.click();
  await expect(page.getByRole("menu")).toBeVisible();
});

test("the lanes of owners are loaded again on request", async ({ page }) => {
  await page.goto(groupPage);
  // What is missing loads by itself once the stream is there.
  await expect(banner(page)).toContainText("Live");
  await page.route(chunks, gone);
  await page.getByRole("tab", { name: "Owners" }).click();
  const main = page.getByRole("main");
  await expect(main).toContainText("The owners can't be shown");
  await page.unroute(chunks);
  await main.getByRole("button", { name: "Try again" }).click();
  await expect(main.getByRole("region", { name: /^Owners over time/ })).toBeVisible();
});

test("an upgrade is told when the stream is back, before any part is missing", async ({ page }) => {
  await page.goto(groupPage);
  await expect(banner(page)).toContainText("Live");
  await page.getByRole("button", { name: /Pause live updates/ }).click();
  await page.getByRole("button", { name: /Resume live updates/ }).click();
  await expect(banner(page)).toContainText("Live");
  await expect(notice(page, "A new version")).toHaveCount(0);
  await page.route("**/_buildManifest.js", gone);
  await page.getByRole("button", { name: /Pause live updates/ }).click();
  await page.getByRole("button", { name: /Resume live updates/ }).click();
  await expect(notice(page, "A new version of the dashboard is running.")).toBeVisible();
});

async function routeLaterParts(page: Page, path: string, answer: (route: Route) => Promise<void>) {
  const html = await (await page.request.get(path)).text();
  await page.route(chunks, (route) =>
    html.includes(route.request().url().split("/").at(-1) ?? "") ? route.fallback() : answer(route),
  );
}

test("parts that are missing from the start leave the figures, and a retry loads each", async ({ page }) => {
  await routeLaterParts(page, lagPage, gone);
  await page.goto(lagPage);
  const main = page.getByRole("main");
  await expect(main).toContainText(
    "The chart could not be loaded. This part of the page could not be loaded.",
  );
  await expect(notice(page, "A part of this page could not be loaded.")).toContainText(
    "Figures stay as they are until you reload.",
  );
  await expect(main).toContainText("all partitions counted");
  await page.unroute(chunks);
  await main.getByRole("button", { name: "Try again" }).first().click();
  await expect(main.locator(".recharts-surface").first()).toBeVisible();
});

test("a part requested while the server is away loads by itself when it is back", async ({ page }) => {
  const away = (route: Route) => route.abort();
  const rest = ["**/_buildManifest.js", "**/api/v1/**"];
  await routeLaterParts(page, lagPage, away);
  for (const path of rest) await page.route(path, away);
  await page.goto(lagPage);
  const main = page.getByRole("main");
  await expect(main).toContainText("The chart could not be loaded. The dashboard's server can't be reached.");
  await expect(page.getByRole("button", { name: "Reload" })).toHaveCount(0);
  for (const path of [chunks, ...rest]) await page.unroute(path);
  await expect(main.locator(".recharts-surface").first()).toBeVisible({ timeout: 40_000 });
  await expect(main).not.toContainText("could not be loaded");
});

test.describe("on the way to a page", () => {
  test.use({ ignoredComplaints: /404 \(Not Found\)|net::ERR_|Failed to load chunk/ });

  test("a missing program is told in the page's place, and the reload leads there", async ({ page }) => {
    await page.goto("/");
    await expect(banner(page)).toContainText("Live");
    await page.route(chunks, gone);
    await page.getByRole("main").getByRole("link", { name: "fraud-check", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page could not be loaded");
    await expectAccessibleInBothThemes(page);
    await page.unroute(chunks);
    await page.getByRole("main").getByRole("alert").getByRole("button", { name: "Reload" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("fraud-check");
  });
});
