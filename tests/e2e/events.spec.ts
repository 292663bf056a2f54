import { expect } from "./quiet-fixtures.ts";
import { test } from "./reset-fixtures.ts";

const billing = "/event-hubs/orders/consumer-groups/billing";

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
