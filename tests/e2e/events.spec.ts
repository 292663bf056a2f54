import type { Page } from "@playwright/test";
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
