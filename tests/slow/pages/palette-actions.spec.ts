import type { Page } from "@playwright/test";
import { test as readOnlyTest } from "#tests/e2e/fixtures.ts";
import { expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import { resetOverHttp, test } from "#tests/e2e/reset-fixtures.ts";

const options = (page: Page) => page.getByRole("dialog", { name: "Go to" }).getByRole("option");

async function ask(page: Page, words: string, name: string): Promise<void> {
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type(words);
  await expect(options(page).first()).toContainText(name);
  await page.keyboard.press("Enter");
}

test("a stalled event and an incident are found from anywhere, and the palette leads to the review and to the question", async ({
  page,
  own,
}) => {
  const world = await own.world([
    { name: "orders", partitionCount: 2, consumerGroups: ["billing", "inspect"] },
  ]);
  const hub = world.hubConfig("orders", { inspectionConsumerGroup: "inspect" });
  const rules = [
    { id: "behind", when: { lag: 50 }, groups: ["billing"], forSeconds: 0, severity: "warning" },
  ];
  const dashboard = await own.dashboard(
    { eventHubs: [hub], alerts: { rules } },
    { TIDEMARK_READ_ONLY: "false" },
  );
  await ready(dashboard);
  const status = async () => {
    const answer = await fetch(`${dashboard.url}/api/v1/event-hubs/orders/consumer-groups/billing`);
    return ((await answer.json()) as { status?: string }).status;
  };
  // A processor that keeps failing on one event: it checkpoints the one before again and again.
  let isFailing = true;
  const failing = (async () => {
    while (isFailing) {
      world.enqueue("orders", "0", 20);
      await world.checkpoint("orders", "billing", "0", 20);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  })();
  await expect.poll(status, { timeout: 60_000 }).toBe("stall");

  await page.goto(dashboard.url);
  await expect(page.getByRole("banner")).toContainText("Live");
  // On a busy machine a late checkpoint makes it a stopped group for a moment, and the palette reads once.
  const find = (words: string, name: string) =>
    expect(async () => {
      await page.keyboard.press("Escape");
      await page.keyboard.press("ControlOrMeta+k");
      await page.keyboard.type(words);
      await expect(options(page).first()).toContainText(name, { timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
  await find("skip", "Skip the stalled event of billing…");
  await page.keyboard.press("Enter");
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toContainText("billing");
  await expect(page.getByRole("list", { name: "Findings" })).toContainText("Partition 0 stalled");
  // It goes on until the event is found: once it ends, the group counts as stopped within seconds.
  await find("skip", "Skip event 21 of partition 0…");
  isFailing = false;
  await failing;
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Skipped event" })).toContainText("Will skip event 21");

  await ask(page, "silence", "Acknowledge or silence an incident…");
  await expect(page).toHaveURL(/\/incidents$/);
  await ask(page, "silence billing", "Silence billing…");
  await expect(page.getByRole("textbox", { name: "Why, or what is being done" })).toBeFocused();
});

test("the last reset is undone from the palette, also where its strip was dismissed", async ({
  page,
  resetDashboard,
}) => {
  await resetOverHttp(resetDashboard, "recorded", ["1"], -10);
  await page.goto("/event-hubs/orders/consumer-groups/recorded");
  const strip = page.getByRole("region", { name: "Last reset" });
  await strip.getByRole("button", { name: "Dismiss" }).click();
  await expect(strip).toHaveCount(0);
  await ask(page, "undo", "Undo the last reset of recorded…");
  await expect(page).toHaveURL(/\/resets\/[^/]+$/);
  await ask(page, "undo", "Undo the reset…");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review the undo of recorded");
});

readOnlyTest(
  "the palette offers the files of the page, and no action that is not allowed",
  async ({ page }) => {
    await page.goto("/event-hubs/orders/consumer-groups/fraud-check");
    const coming = page.waitForEvent("download");
    await ask(page, "csv", "Export partitions as CSV");
    expect((await coming).suggestedFilename()).toBe("orders-fraud-check.csv");
    await page.getByRole("button", { name: "Details of 0" }).click();
    await page
      .getByRole("button", { name: /^Read this event/ })
      .last()
      .click();
    await expect(page.getByRole("button", { name: "Skip this event…" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("skip event");
    await expect(options(page).filter({ hasText: "help" }).first()).toBeVisible();
    await expect(options(page).filter({ hasText: /^Skip event/ })).toHaveCount(0);
  },
);
