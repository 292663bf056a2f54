import type { Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";
import { test } from "./reset-fixtures.ts";

const billing = "/event-hubs/orders/consumer-groups/billing";
const eventsOf = (page: Page, id: string) => page.getByRole("region", { name: `Events of partition ${id}` });

test("an address asks once for a partition's next event, whatever tab it stands on", async ({ page }) => {
  await page.goto(`${billing}?read=1`);
  await expect(eventsOf(page, "1").getByRole("heading", { name: "Event 48,400" })).toBeVisible();
  await expect(page).not.toHaveURL(/read=/);
  await expect(page.getByRole("button", { name: "Details of 0" })).toHaveAttribute("aria-expanded", "false");
});

test("a later event of the batch is found and resumed after, in a reset that is filled in", async ({
  page,
}) => {
  await page.goto(`${billing}?read=1`);
  const events = eventsOf(page, "1");
  await expect(events).toContainText("it may be a later one of the same batch");
  await events.getByRole("button", { name: "10 later" }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  const resume = events.getByRole("link", { name: "Resume after event 48,405…" });
  await resume.scrollIntoViewIfNeeded();
  await expect(resume).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1440, height: 900 });
  await events.getByRole("button", { name: "Details of event-48405" }).click();
  const coming = page.waitForEvent("download");
  const read = events.getByRole("region", { name: "Events that were read" });
  await read.getByRole("button", { name: "Save as file" }).click();
  expect((await coming).suggestedFilename()).toBe("orders-partition-1-event-48405.json");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expect(read.getByRole("link", { name: "Resume after this event…" })).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await read.getByRole("link", { name: "Resume after event 48,405…" }).click();

  await expect(page.getByRole("textbox", { name: "Partitions", exact: true })).toHaveValue("1");
  await expect(page.getByRole("radio", { name: "Sequence number" })).toBeChecked();
  await page.getByRole("button", { name: "Review" }).click();
  const plan = page.getByRole("region", { name: "Plan" });
  await expect(plan.getByRole("columnheader", { name: "Checkpoint now" })).toBeVisible();
  await expect(plan.getByRole("columnheader", { name: "Checkpoint then" })).toBeVisible();
  await expect(plan.getByRole("row").nth(1)).toContainText(/48,399.*48,405.*event 48,406/);
});

test("ticking a partition moves no row under the pointer", async ({ page }) => {
  await page.goto(billing);
  const box = page.getByRole("checkbox", { name: /0/ }).first();
  await box.scrollIntoViewIfNeeded();
  const before = await box.boundingBox();
  await box.check();
  await expect(page.getByRole("link", { name: "Reset 1 partition…" })).toBeInViewport();
  expect((await box.boundingBox())?.y).toBe(before?.y);
  await expect(page.getByRole("tooltip")).toBeHidden();
});
