import { test } from "#tests/e2e/fixtures.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";

test("a link shows its page without loading the app anew, the way back too, and in a tab of its own when asked", async ({
  page,
  context,
}) => {
  await page.goto("/");
  const link = page.getByRole("link", { name: "fraud-check", exact: true }).first();
  const heading = page.getByRole("heading", { level: 1 });
  const mark = () => page.evaluate(() => document.documentElement.dataset.mark ?? null);

  for (const press of [{ modifiers: ["ControlOrMeta" as const] }, { button: "middle" as const }]) {
    const opened = context.waitForEvent("page");
    await link.click(press);
    const tab = await opened;
    await expect(tab).toHaveURL(/\/consumer-groups\/fraud-check/);
    await tab.close();
    await expect(heading).toHaveText("Consumer groups");
  }

  // The keys work once the page's script does.
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    document.documentElement.dataset.mark = "same document";
  });
  await link.click();
  await expect(heading).toContainText("fraud-check");
  expect(await mark()).toBe("same document");
  await page.goBack();
  await expect(heading).toHaveText("Consumer groups");
  expect(await mark()).toBe("same document");
});
