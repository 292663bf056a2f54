import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Page } from "@playwright/test";
import { atWork, expect } from "#tests/e2e/quiet-fixtures.ts";
import { resetOverHttp, test } from "#tests/e2e/reset-fixtures.ts";

const banner = (page: Page) => page.getByRole("banner");
const main = (page: Page) => page.getByRole("main");
const whereYouAre = (page: Page) => page.getByRole("navigation", { name: "Where you are" });
const heading = (page: Page) => main(page).getByRole("heading", { level: 1 });

const crumbs = (page: Page) =>
  whereYouAre(page)
    .getByRole("listitem")
    .locator("a, [aria-current=page]")
    .evaluateAll((all) => all.map((one) => `${one.textContent} ${one.getAttribute("href")}`));

const texts = async (page: Page) => (await crumbs(page)).map((one) => one.replace(/ \S+$/, ""));

/** As a link of the page would, which none leads there. */
async function follow(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push(to);
  }, address);
  await page.waitForURL(`**${address}`);
  await atWork(page);
}

test.use({ ignoredComplaints: /404 \(Not Found\)|503 \(/ });

test("say on each page where one is, by links, the way back and forth, and anew", async ({ page }) => {
  const up = (name: string) => whereYouAre(page).getByRole("link", { name, exact: true }).click();
  const review = async () => {
    await page.getByRole("radio", { name: "Shift" }).check();
    await page.getByRole("textbox", { name: "Number of events" }).fill("10");
    await page.getByRole("button", { name: "Review" }).click();
  };
  const apply = async () => {
    await page.getByRole("textbox", { name: /to confirm/ }).fill("recorded");
    await page.getByRole("button", { name: /^Apply to/ }).click();
  };
  const more = async (name: string) => {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  const link = (name: string | RegExp, at = main(page)) =>
    at.getByRole("link", { name, exact: true }).first().click();
  const group = ["orders", "recorded"];
  const walk: [go: () => Promise<unknown>, heading: RegExp, where: string[]][] = [
    [() => page.goto("/"), /^Consumer groups$/, ["All consumer groupsAll groups"]],
    [() => link("recorded"), /recorded/, group],
    [() => page.getByRole("tab", { name: "Owners" }).click(), /recorded/, group],
    [() => link("Reset checkpoints…"), /^Reset checkpoints of/, [...group, "Reset checkpoints"]],
    [review, /^Review the reset of/, [...group, "Reset checkpoints"]],
    [apply, /^Reset of recorded/, [...group, "Reset checkpoints"]],
    [() => page.getByRole("button", { name: "Undo…" }).click(), /^Review the undo of/, [...group, "Undo"]],
    [() => up("recorded"), /^recorded/, group],
    [() => more("Move checkpoints…"), /^Move checkpoints of/, [...group, "Move checkpoints"]],
    [() => up("recorded"), /^recorded/, group],
    [() => more("Clean up…"), /^Clean up/, [...group, "Clean up"]],
    [() => up("orders"), /^orders/, ["orders"]],
    [() => link("Diagnosis"), /^Diagnosis/, ["orders", "Diagnosis"]],
    [() => up("orders"), /^orders/, ["orders"]],
    [() => link("Move groups…"), /^Move groups of/, ["orders", "Move groups"]],
    [() => link("Help", banner(page)), /^Help$/, ["Help"]],
    [() => link("Alerts"), /^Alerts$/, ["Help", "Alerts"]],
    [() => link(/incidents/i, banner(page)), /^Incidents$/, ["Incidents"]],
    [() => link("Activity", banner(page)), /^Activity$/, ["Activity"]],
    [() => follow(page, "/nothing/here"), /^Page not found$/, ["Page not found"]],
    [
      () => follow(page, "/event-hubs/orders/consumer-groups/nobody"),
      /^Page not found$/,
      ["orders", "nobody"],
    ],
    [() => follow(page, "/resets/none"), /^There is no such reset$/, ["Checkpoints"]],
  ];
  const visits: { url: string; heading: RegExp; crumbs: string[] }[] = [];
  for (const [go, title, where] of walk) {
    const last = visits.at(-1);
    // Choices change the address of a page that is shown.
    if (last !== undefined) last.url = page.url();
    await go();
    // What is done replaces its plan.
    if (go === apply) visits.pop();
    await expect(heading(page)).toHaveText(title);
    await expect.poll(() => texts(page), title.source).toEqual(where);
    visits.push({ url: page.url(), heading: title, crumbs: await crumbs(page) });
  }
  const isAt = async (visit: (typeof visits)[number]) => {
    // Choices are in the query, and come and go with their fields.
    await expect.poll(() => new URL(page.url()).pathname).toBe(new URL(visit.url).pathname);
    await expect(heading(page)).toHaveText(visit.heading);
    await expect.poll(() => crumbs(page), visit.url).toEqual(visit.crumbs);
  };
  for (const visit of visits.slice(0, -1).reverse()) {
    await page.goBack();
    await isAt(visit);
  }
  for (const visit of visits.slice(1)) {
    await page.goForward();
    await isAt(visit);
  }
  for (const visit of visits) {
    await page.goto(visit.url);
    await isAt(visit);
  }
});

test("a link of theirs shows the top of its page", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 400 });
  await page.goto("/help/configuration");
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await whereYouAre(page).getByRole("link", { name: "Help" }).click();
  await expect(heading(page)).toHaveText("Help");
  expect(await page.evaluate(() => [window.scrollY, document.body.scrollHeight > 800])).toEqual([0, true]);
});

test("are whole on a phone where there is room", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/event-hubs/payments/diagnosis");
  const name = whereYouAre(page).getByRole("link", { name: "payments" }).locator("span");
  await expect(name).toBeVisible();
  expect(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
});

test("say of which group a reset is once its page can be read after all", async ({
  page,
  resetDashboard,
}) => {
  const id = await resetOverHttp(resetDashboard, "recorded", ["1"], -10);
  const history = new DatabaseSync(join(dirname(resetDashboard.file), "data", "tidemark.sqlite"), {
    timeout: 5_000,
  });
  await page.goto("/activity");
  history.exec("alter table resets rename to resets_away");
  try {
    await follow(page, `/resets/${id}`);
    await expect(main(page)).toContainText("The reset can’t be loaded");
    expect(await texts(page)).toEqual(["Checkpoints"]);
  } finally {
    history.exec("alter table resets_away rename to resets");
    history.close();
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(heading(page)).toHaveText(/^Reset of recorded/);
  await expect.poll(() => texts(page)).toEqual(["orders", "recorded", "Reset checkpoints"]);
});
