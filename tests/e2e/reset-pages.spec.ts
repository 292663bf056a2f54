import type { Page } from "@playwright/test";
import type { LiveProgress } from "#lib/api/plans/live-progress.ts";
import type { Reset, ResetPlan } from "#lib/api/resets.ts";
import { test as readOnlyTest } from "./fixtures.ts";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";
import { test } from "./reset-fixtures.ts";

const groupPage = (group: string) => `/event-hubs/orders/consumer-groups/${group}`;
const main = (page: Page) => page.getByRole("main");
const plans = /\/resets\/plans\//;

/** Presses the key until the page asks: a page that has just come may find nothing to ask for. */
async function refresh(page: Page, path: RegExp): Promise<void> {
  await expect(async () => {
    const asked = page.waitForRequest(path, { timeout: 1_000 });
    await Promise.all([asked, page.keyboard.press("r")]);
  }).toPass();
}

test.describe("the pages of a reset", () => {
  test("has no fault that axe finds in either theme, and fits a phone", async ({ page }) => {
    for (const target of ["time&at=2026-03-02T12:00:00Z", "ago&ago=2h", "shift", "group", "file"]) {
      await page.goto(`${groupPage("billing")}/reset?store=main&partitions=0-2&mode=live&target=${target}`);
      await expect(page.getByRole("checkbox", { name: "1", exact: true })).toBeChecked();
      await expectAccessibleInBothThemes(page);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    await page.goto("/activity");
    await expect(main(page).getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await expectNoSidewaysScroll(page);
  });

  test("that does not exist has a page that says so", async ({ page }) => {
    const response = await page.goto("/resets/nothing");
    expect(response?.status()).toBe(404);
    await expect(main(page)).toContainText("There is no such reset");
    await expectAccessible(page);
    await page.goto("/resets/plans/nothing");
    await expect(main(page)).toContainText("This plan is gone");
    await expectAccessible(page);
  });

  for (const when of ["before the page hears of news", "while the page is looked at"])
    test(`that a script applies ${when} is told on its review, and leads to its result`, async ({ page }) => {
      const applied = Promise.withResolvers<void>();
      await page.goto(`${groupPage("other")}/reset?store=main&target=shift&shift=-1&partitions=2-3`);
      await page.route("**/api/v1/stream*", async (route) => {
        if (when.startsWith("before")) await applied.promise;
        await route.continue();
      });
      await page.getByRole("button", { name: "Review" }).click();
      await expect(page.getByRole("textbox", { name: /to confirm/ })).toBeVisible();
      // The address comes after what is rendered.
      await expect(page).toHaveURL(plans);
      if (when.startsWith("while")) await expect(page.getByRole("banner")).toContainText("Live");
      const review = page.url();
      const data = { planId: review.split("/").at(-1), confirm: "other" };
      const answer = await page.request.post(
        "/api/v1/event-hubs/orders/consumer-groups/other/resets?store=main",
        { data },
      );
      expect(answer.status()).toBe(202);
      const { id } = (await answer.json()) as Reset;
      const state = async () =>
        ((await (await page.request.get(`/api/v1/resets/${id}`)).json()) as Reset).state;
      if (when.startsWith("before")) await expect.poll(state).toBe("done");
      applied.resolve();
      await expect(main(page)).toContainText("Applied at");
      await expect(page.getByRole("textbox", { name: /to confirm/ })).toHaveCount(0);
      await expectAccessible(page);
      await page.goto(review);
      await expect(main(page)).toContainText("Applied at");
      await page.getByRole("link", { name: "Result" }).click();
      await expect(main(page)).toContainText("Both checkpoints were written.");
    });

  test("that was blocked in part leads to a plan of the partitions left, with the same target", async ({
    page,
    resetWorld: world,
  }) => {
    const owner = setInterval(() => void world.own("orders", "busy", "2", "busy-0"), 300);
    await world.own("orders", "busy", "2", "busy-0");
    await page.goto(
      `${groupPage("busy")}/reset?store=main&target=sequenceNumber&sequence=48100&mode=offline`,
    );
    await expect(main(page)).toContainText("1 processor owns 1 of the 4 chosen partitions now.");
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByRole("textbox", { name: /to confirm/ }).fill("busy");
    await page.getByRole("button", { name: "Apply to 3 partitions" }).click();
    const rest = page.getByRole("region", { name: "Next step" });
    await expect(rest).toContainText("Not at the target: partition 2.");
    await expectAccessibleInBothThemes(page);
    const halfDone = page.url();
    clearInterval(owner);
    await rest.getByRole("button", { name: "Reset the other partition…" }).click();
    const rows = page.getByRole("region", { name: "Plan" }).getByRole("rowheader");
    await expect(rows).toHaveText(["2"]);
    await expect(page.getByRole("region", { name: "Plan" })).toContainText("48,099");
    await page.getByRole("textbox", { name: /to confirm/ }).fill("busy");
    const apply = page.getByRole("button", { name: "Apply to 1 partition" });
    await expect(apply).not.toHaveAttribute("aria-disabled", { timeout: 25_000 });
    await apply.click();
    await expect(page.getByRole("region", { name: "Summary" })).toContainText("The checkpoint was written.");
    const later = new URL(page.url()).pathname;
    await page.goto(halfDone);
    await expect(rest).toContainText("A later reset took up partition 2, which this one had left.");
    await expect(rest.getByRole("button")).toHaveCount(0);
    await expectAccessible(page);
    await expect(rest.getByRole("link", { name: "To the later reset" })).toHaveAttribute("href", later);
  });

  test("takes positions that are typed into its review, each for its partition", async ({ page }) => {
    await page.goto(
      `${groupPage("other")}/reset?store=main&target=sequenceNumber&sequence=48020&partitions=2-3`,
    );
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page).toHaveURL(plans);
    await page.getByRole("button", { name: "Edit positions" }).click();
    const next = (id: string) => page.getByRole("textbox", { name: `Next event of partition ${id}` });
    const again = page.getByRole("button", { name: "New plan with these positions" });
    await expect(again).toHaveAttribute("aria-disabled", "true");
    await next("2").fill("47,000");
    await expect(main(page)).toContainText(
      "Partition 2: Event 47,000 is gone. The partition begins at 48,000.",
    );
    await expect(again).toHaveAttribute("aria-disabled", "true");
    await next("2").fill("48,050");
    await expectAccessibleInBothThemes(page);
    const before = page.url();
    await next("2").press("Enter");
    await expect(page).not.toHaveURL(before);
    const rows = page.getByRole("region", { name: "Plan" }).getByRole("row");
    const row = (id: string) => rows.filter({ has: page.getByRole("rowheader", { name: id, exact: true }) });
    await expect(row("2")).toContainText("48,049");
    await expect(row("3")).toContainText("48,019");
    await expect(page.getByRole("button", { name: "Apply to 2 partitions" })).toBeVisible();
  });

  test("that was applied without the page's knowledge is told when it is tried", async ({ page }) => {
    await page.route("**/api/v1/stream*", (route) => route.abort());
    await page.goto(`${groupPage("other")}/reset?store=main&target=shift&shift=-1&partitions=2-3`);
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page).toHaveURL(plans);
    await page.getByRole("textbox", { name: /to confirm/ }).fill("other");
    const data = { planId: page.url().split("/").at(-1), confirm: "other" };
    await page.request.post("/api/v1/event-hubs/orders/consumer-groups/other/resets?store=main", { data });
    await page.getByRole("button", { name: /^Apply to/ }).click();
    await expect(main(page)).toContainText("Applied at");
    await expect(page.getByRole("alert").filter({ hasText: "Not applied" })).toHaveCount(0);
  });

  // The next cases can't be brought about in seconds: a plan's ten minutes, a history that is away.
  test("is planned anew when its plan has expired", async ({ page }) => {
    await page.goto(`${groupPage("billing")}/reset?store=main&target=latest`);
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toBeVisible();
    // The plan expires while it is shown. The server says so only once the page is there.
    await page.route("**/api/v1/reset-plans/*", async (route) => {
      const response = await route.fetch();
      const plan = (await response.json()) as ResetPlan;
      const expiresAt = new Date(Date.now() + 1_000).toISOString();
      await route.fulfill({ response, json: { ...plan, expiresAt } });
    });
    await refresh(page, /api\/v1\/reset-plans\//);
    await expect(main(page)).toContainText("This plan has expired. Nothing was written");
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toHaveCount(0);
    await expectAccessible(page);
    await page.unroute("**/api/v1/reset-plans/*");
    const before = page.url();
    await page.getByRole("button", { name: "New plan" }).click();
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toBeVisible();
    await expect(page).not.toHaveURL(before);
  });

  test("that runs live shows each partition's step, who is held off, and for how much longer", async ({
    page,
  }) => {
    await page.goto(`${groupPage("other")}/reset?store=main&target=latest&partitions=0-1`);
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByRole("textbox", { name: /to confirm/ }).fill("other");
    await page.getByRole("button", { name: /^Apply to/ }).click();
    await expect(page.getByRole("region", { name: "Summary" })).toContainText(
      "Both checkpoints were written.",
    );
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    let overwrite: LiveProgress["overwrite"] = null;
    await page.route(/api\/v1\/resets\/[^/]+$/, async (route) => {
      const response = await route.fetch();
      const now = Date.now();
      const iso = (seconds: number) => new Date(now + seconds * 1_000).toISOString();
      const live = {
        step: "holding" as const,
        since: iso(-3),
        wave: 1,
        heldOff: "worker-7",
        holdUntil: iso(90),
        // It is overwritten every 6 s, so 3 s of quiet say nothing.
        pausedAt: iso(-39),
        rewrites: 0,
        resumedAt: null,
        resumedBy: null,
        withoutReaderSeconds: null,
      };
      const reset = (await response.json()) as Reset;
      const [first, second] = reset.entries;
      const entries = [
        {
          ...first,
          result: "pending",
          after: null,
          live: { ...live, overwrite, rewrites: overwrite?.times ?? 0 },
        },
        {
          ...second,
          live: {
            ...live,
            step: "ended",
            rewrites: 2,
            heldOff: null,
            holdUntil: null,
            resumedAt: 48_100,
            resumedBy: "worker-7",
          },
        },
      ];
      await route.fulfill({
        response,
        json: { ...reset, mode: "live", state: "running", endedAt: null, entries },
      });
    });
    await refresh(page, /api\/v1\/resets\/[^/]+$/);
    const rows = page.getByRole("region", { name: "Partitions of the reset" }).getByRole("row");
    const holding = rows.filter({ hasText: "In progress" });
    await expect(holding).toContainText("Paused");
    await expect(holding).toContainText("worker-7");
    await expect(holding).toContainText(/1 m \d+ s/);
    await expect(rows.filter({ hasText: "Ended" })).toContainText("48,100");
    await expect(page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "50");
    overwrite = { ownerId: "worker-7", sequenceNumber: 48_099, times: 6 };
    await refresh(page, /api\/v1\/resets\/[^/]+$/);
    await expect(page.getByRole("region", { name: "Partitions of the reset" })).toContainText(
      "Overwritten 6 times: worker-7 keeps storing 48,099. Stop or restart it.",
    );
    await expect(holding).not.toContainText(/1 m \d+ s/);
    await expect(page.getByRole("region", { name: "Summary" })).toContainText(
      /paused for \d+ s\. It goes on once/,
    );
    await expect(page.getByRole("button", { name: "Undo…" })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    // An answer still being faked would be reported as a failure once the page is closed.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  test("that can't be recorded is refused in the server's words", async ({ page }) => {
    const error = { code: "historyUnavailable", message: "The history's database is away.", requestId: "r" };
    await page.goto(`${groupPage("billing")}/reset?store=main&target=latest`);
    await page.getByRole("button", { name: "Review" }).click();
    await page.route("**/resets?*", (route) => route.fulfill({ status: 503, json: { error } }));
    await page.getByRole("textbox", { name: /to confirm/ }).fill("billing");
    await page.getByRole("button", { name: /^Apply to/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Not applied" })).toContainText(
      "The history's database is away. Code: historyUnavailable",
    );
    await page.route("**/api/v1/activity?*", (route) => route.fulfill({ status: 503, json: { error } }));
    await page.goto(`${groupPage("billing")}?tab=activity`);
    await expect(page.getByRole("alert").filter({ hasText: "The activity can’t be loaded" })).toContainText(
      "The history's database is away.",
    );
    await expectAccessible(page);
  });
});

readOnlyTest(
  "in read-only mode the way in is there, off, and says why to a keyboard too",
  async ({ page }) => {
    await page.goto("/event-hubs/orders/consumer-groups/fraud-check");
    const button = page.getByRole("button", { name: "Reset checkpoints…" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(async () => {
      await button.blur();
      await button.focus();
      await expect(page.getByRole("tooltip")).toContainText("TIDEMARK_READ_ONLY=false", { timeout: 500 });
    }).toPass();
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    await page.goto("/event-hubs/orders/consumer-groups/fraud-check/reset?store=main&target=latest");
    await expect(main(page)).toContainText("This dashboard is read-only");
    await expect(page.getByRole("button", { name: "Review" })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible(page);
  },
);

test.use({ ignoredComplaints: /(404|409|503) \(|ERR_FAILED/ });
