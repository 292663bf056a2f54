import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";
import { live, signInAs, test } from "./sign-in-fixtures.ts";

const groupPage = "/event-hubs/orders/consumer-groups/billing?store=main";
const resetPage = "/event-hubs/orders/consumer-groups/archive/reset?store=main&target=earliest";
const main = (page: Page) => page.getByRole("main");
const account = (page: Page) =>
  page.getByRole("banner").getByRole("button", { name: /viewer|operator|admin/ });
const partitions = (page: Page) => page.getByRole("region", { name: "Partitions" });
const zero = (page: Page) =>
  partitions(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "0", exact: true }) });

test.use({ ignoredComplaints: / (401|403|429|502) \(|net::ERR_|\/interaction\// });

test("a deep link leads to the issuer and back to itself, as a viewer who may only look", async ({
  page,
  guarded,
}) => {
  await page.goto(`${groupPage}&tab=owners`);
  expect(new URL(page.url()).origin).toBe(guarded.issuer.url);
  await signInAs(page, "viewer");
  await expect(page).toHaveURL(`${guarded.dashboard.url}${groupPage}&tab=owners`);
  await expect(account(page)).toHaveText("viewerviewer");
  await live(page);
  await account(page).click();
  await expect(page.getByRole("menu")).toContainText("As viewer you may look.");
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  const refused: string[] = [];
  page.on("response", (response) => {
    if (response.status() === 403) refused.push(response.url());
  });
  await page.goto("/incidents");
  await expect(page.getByRole("heading", { name: "Incidents", level: 1 })).toBeVisible();
  await live(page);
  await expect(page.getByRole("region", { name: "Rules" })).toHaveCount(0);
  expect(refused).toEqual([]);

  await page.goto(groupPage);
  const reset = page.getByRole("button", { name: "Reset checkpoints…" });
  await expect(reset).toHaveAttribute("aria-disabled", "true");
  await expect(reset).toHaveAttribute("data-tip", "Your role here is viewer; this needs the role operator.");
  await page.goto(resetPage);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page is not for your role");
  await expect(main(page)).toContainText("Your role here is viewer; this needs the role operator.");
  await expect(main(page).getByRole("link", { name: "All consumer groups" })).toHaveAttribute("href", "/");
  await expectAccessible(page);
});

test("an operator plans a reset that only an admin applies", async ({ page, browser, guarded }) => {
  await page.goto(resetPage);
  await signInAs(page, "operator");
  await live(page);
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page).toHaveURL(/\/resets\/plans\//);
  await expect(main(page)).toContainText("Your role here is operator; this needs an admin.");
  await page.getByRole("textbox", { name: /to confirm/ }).fill("archive");
  await expect(page.getByRole("button", { name: /^Apply to/ })).toHaveAttribute("aria-disabled", "true");

  const context = await browser.newContext({ baseURL: guarded.dashboard.url });
  const other = await context.newPage();
  await other.goto(resetPage);
  await signInAs(other, "admin");
  await live(other);
  await other.getByRole("button", { name: "Review" }).click();
  await other.getByRole("textbox", { name: /to confirm/ }).fill("archive");
  await other.getByRole("button", { name: /^Apply to/ }).click();
  await expect(other.getByRole("region", { name: "Summary" })).toContainText(
    "Both checkpoints were written.",
  );
  await other.goto("/activity");
  await expect(main(other)).toContainText("admin");
  await context.close();
});

test("a session that ends leaves the last figures there, and signing in again leads back to them", async ({
  page,
  context,
  guarded,
}) => {
  await page.goto(`${groupPage}&q=0`);
  await signInAs(page, "viewer");
  await live(page);
  await expect(zero(page)).toContainText("42");
  const other = await context.newPage();
  await other.goto("/");
  await live(other);
  await account(other).click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  await other.getByRole("button", { name: "Yes, sign me out" }).click();
  await other.close();

  const over = main(page).getByRole("alert").filter({ hasText: "Your session has ended" });
  await expect(over).toBeVisible();
  await expect(zero(page)).toContainText("42");
  await expect(page.getByRole("banner")).toContainText("Signed out");
  await expect(main(page)).not.toContainText("tries again by itself");
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await over.getByRole("link", { name: "Sign in again" }).click();
  await signInAs(page, "viewer");
  await expect(page).toHaveURL(`${guarded.dashboard.url}${groupPage}&q=0`);
  await expect(over).toHaveCount(0);
});

test("an expired session is noticed by the next request for figures", async ({ page, context }) => {
  await page.goto(groupPage);
  await signInAs(page, "viewer");
  await live(page);
  await context.clearCookies({ name: "tidemark-session" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(main(page)).toContainText("Your session has ended");
  await expect(zero(page)).toContainText("42");
});

test("signing out ends at the issuer, and neither the way back nor the old cookie shows anything", async ({
  page,
  context,
  guarded,
}) => {
  const { url } = guarded.dashboard;
  await page.goto(groupPage);
  await signInAs(page, "admin");
  await expect(zero(page)).toContainText("42");
  const cookies = await context.cookies(url);
  await live(page);
  await account(page).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(`${guarded.issuer.url}/session/end*`);
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page).toHaveURL(`${url}/signed-out`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are signed out");

  for (let steps = 0; steps < 3; steps += 1) {
    await page.goBack();
    await expect(page.locator("body")).not.toContainText("billing");
  }
  await page.goto(groupPage);
  expect(new URL(page.url()).origin).toBe(guarded.issuer.url);

  await context.addCookies(cookies);
  await page.goto(groupPage);
  expect(new URL(page.url()).origin).toBe(guarded.issuer.url);
  expect((await page.request.get(`${url}/api/v1/overview`)).status()).toBe(401);
});

const outside: Record<string, { title: string; text: RegExp; leadsTo?: string; go: Go }> = {
  "signed out": {
    title: "You are signed out",
    text: /signed out of the dashboard/,
    go: ({ page }) => page.goto("/signed-out"),
  },
  "without a role": {
    title: "You have no role here yet",
    text: /signed in as stranger.*ask dashboard-owners@contoso\.example/s,
    go: async ({ page }) => {
      await page.goto(groupPage);
      await signInAs(page, "stranger");
    },
  },
  "refused by the issuer": {
    title: "The sign-in failed",
    text: /The issuer answered: access_denied\./,
    leadsTo: groupPage,
    go: async ({ page }) => {
      await page.goto(groupPage);
      await page.getByRole("link", { name: "Cancel" }).click();
    },
  },
  "with a stale answer": {
    title: "The sign-in failed",
    text: /began no such sign-in/,
    go: ({ page }) => page.goto("/sign-in/callback?code=old&state=old"),
  },
  "while the issuer is away": {
    title: "The sign-in failed",
    text: /can't be reached/,
    leadsTo: groupPage,
    go: async ({ page, issuer }) => {
      const leaves = page.waitForRequest(/\/auth\?/);
      await page.goto(groupPage);
      const state = new URL((await leaves).url()).searchParams.get("state");
      issuer.away = true;
      await page.goto(`/sign-in/callback?${new URLSearchParams({ code: "any", state: state ?? "" })}`);
      issuer.away = false;
    },
  },
  "after too many tries": {
    title: "The sign-in failed",
    text: /too many attempts: try again in \d+ s/,
    go: async ({ page }) => {
      const headers = { "x-forwarded-for": "203.0.113.9" };
      await page.setExtraHTTPHeaders(headers);
      const ask = async () => (await page.request.get("/sign-in", { headers, maxRedirects: 0 })).status();
      // Another attempt is allowed every two seconds, so a slow page may find one again.
      await expect(async () => {
        for (let tries = 0; tries < 100 && (await ask()) !== 429; tries += 1);
        expect((await page.goto("/sign-in"))?.status()).toBe(429);
      }).toPass();
    },
  },
};
type Go = (at: { page: Page; issuer: { away: boolean } }) => Promise<unknown>;

for (const [name, { title, text, leadsTo, go }] of Object.entries(outside)) {
  test(`who stays outside ${name} is told so, in both themes and on a phone`, async ({ page, guarded }) => {
    await go({ page, issuer: guarded.issuer });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(main(page)).toContainText(text);
    if (leadsTo !== undefined) {
      const query = new URLSearchParams({ return: leadsTo });
      await expect(page.getByRole("link", { name: "Try again" })).toHaveAttribute(
        "href",
        `/sign-in?${query}`,
      );
    }
    await expect(page.getByRole("link", { name: "Help" })).toHaveAttribute("href", "/help/sign-in");
    await expect(page.locator("body")).not.toContainText("billing");
    await expectAccessibleInBothThemes(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
  });
}
