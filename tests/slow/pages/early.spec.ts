import type { Page } from "@playwright/test";
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

const view = (page: Page) => page.getByRole("button", { name: "Theme and time zone" });
const dialog = (page: Page) => page.getByRole("dialog");

for (const { what, press, shows } of [
  {
    what: "Go to…",
    press: (page: Page) => page.getByRole("button", { name: "Go to…" }).click(),
    shows: (page: Page) => dialog(page).and(page.getByLabel("Go to")),
  },
  {
    what: "⌘K",
    press: (page: Page) => page.keyboard.press("ControlOrMeta+k"),
    shows: (page: Page) => dialog(page).and(page.getByLabel("Go to")),
  },
  { what: "?", press: (page: Page) => page.keyboard.press("?"), shows: dialog },
  {
    what: "a menu, twice",
    press: async (page: Page) => {
      await view(page).click();
      await view(page).click();
    },
    shows: (page: Page) => page.getByRole("menu", { name: "Theme and time zone" }),
  },
  {
    what: "Enter on a menu",
    press: async (page: Page) => {
      await view(page).focus();
      await page.keyboard.press("Enter");
    },
    shows: (page: Page) =>
      page.getByRole("menuitemradio", { name: "As the system" }).and(page.locator(":focus")),
  },
  {
    what: "a menu of the page's content",
    press: (page: Page) => page.getByRole("button", { name: "Columns" }).click(),
    shows: (page: Page) => page.getByRole("menu", { name: "Columns" }),
  },
]) {
  test(`a press of ${what} before the page's script runs is taken up`, async ({ page }) => {
    const release = await holdScripts(page);
    const atWork = page.goto("/");
    await expect(page.getByRole("row").filter({ hasText: "billing" })).toBeVisible();
    await press(page);
    await expect(shows(page)).toHaveCount(0);
    release();
    await atWork;
    await expect(shows(page)).toBeVisible();
  });
}

test("/ leads into the filter before the page's script runs, and who goes on elsewhere is not called back", async ({
  page,
}) => {
  const release = await holdScripts(page);
  const atWork = page.goto("/");
  const input = page.getByRole("searchbox", { name: "Filter groups" });
  await expect(input).toBeVisible();
  await view(page).click();
  await page.keyboard.press("/");
  await expect(input).toBeFocused();
  await page.keyboard.type("fraud/?");
  await expect(input).toHaveValue("fraud/?");
  release();
  await atWork;
  await expect(page).toHaveURL(/[?&]q=fraud/);
  await expect(page.getByRole("banner")).toContainText("Live");
  await expect(view(page)).toHaveAttribute("aria-expanded", "false");
  await expect(dialog(page)).toHaveCount(0);
  await expect(input).toBeFocused();
});

test("a press in the moment in which the page's script starts counts once", async ({ page }) => {
  const release = await holdScripts(page);
  const atWork = page.goto("/");
  await expect(view(page)).toBeVisible();
  const pressed = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const button = [...document.querySelectorAll("button")].find((one) =>
          one.textContent?.includes("Theme and time zone"),
        );
        const press = () => {
          if (button?.ariaExpanded === "true") return resolve();
          button?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, cancelable: true }));
          setTimeout(press);
        };
        press();
      }),
  );
  release();
  await atWork;
  await pressed;
  await expect(page.getByRole("menu", { name: "Theme and time zone" })).toBeVisible();
});
