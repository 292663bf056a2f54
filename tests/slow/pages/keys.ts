import { expect, type Locator, type Page } from "@playwright/test";

export const groupPage = (group: string) => `/event-hubs/orders/consumer-groups/${group}`;
export const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

export async function reach(page: Page, target: Locator, key = "Tab", most = 80): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < most; pressed++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

export async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Opens a menu, which is at work once it has taken the focus: a key before that is the button's. */
export async function openMenu(page: Page, target: Locator): Promise<void> {
  await press(page, target);
  await expect(page.getByRole("menu").locator(":focus")).toHaveCount(1);
}

export async function confirm(page: Page, group: string): Promise<void> {
  await type(page, page.getByRole("textbox", { name: /to confirm/ }), group);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/resets\/[^/]+$/);
}
