import { test } from "#tests/e2e/fixtures.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";
import { holdScripts } from "./held-scripts.ts";

for (const { path, field, text } of [
  { path: "/", field: "Filter groups", text: "fraud" },
  { path: "/event-hubs/orders/consumer-groups/fraud-check", field: "Partition or owner", text: "31" },
]) {
  test(`what is typed into "${field}" before the page's script runs is taken up`, async ({ page }) => {
    const release = await holdScripts(page);
    const atWork = page.goto(path);
    const input = page.getByRole("searchbox", { name: field });
    await input.click();
    await page.keyboard.type(text);
    const rows = page.getByRole("main").getByRole("row");
    const all = await rows.count();
    release();
    await atWork;
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await expect(input).toHaveValue(text);
    await expect(page).toHaveURL(new RegExp(`[?&]q=${text}\\b`));
    await expect(page.getByRole("banner")).toContainText("Live");
    await expect(input).toHaveValue(text);
    await expect(page).toHaveURL(new RegExp(`[?&]q=${text}\\b`));
  });
}
