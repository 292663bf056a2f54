import type { Locator, Page } from "@playwright/test";
import { expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import { test } from "#tests/e2e/reset-fixtures.ts";

const groupPage = (group: string) => `/event-hubs/orders/consumer-groups/${group}`;
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

async function reach(page: Page, target: Locator, key = "Tab", most = 80): Promise<void> {
  await expect(target).toBeVisible();
  for (let pressed = 0; pressed < most; pressed++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

async function confirm(page: Page, group: string): Promise<void> {
  await type(page, page.getByRole("textbox", { name: /to confirm/ }), group);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/resets\/[^/]+$/);
}

test("a reset is chosen, changed, applied and undone with the keyboard alone", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("/");
  await page.keyboard.type("undone");
  await reach(page, page.getByRole("region", { name: "Consumer groups" }));
  await page.keyboard.press("j");
  await expect(page.getByRole("link", { name: "undone", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("link", { name: "Reset checkpoints…" }));
  const [first, shift] = [
    page.getByRole("radio", { name: "A time", exact: true }),
    page.getByRole("radio", { name: "Shift" }),
  ];
  await reach(page, first);
  await reach(page, shift, "ArrowDown", 10);
  await expect(shift).toBeChecked();
  await type(page, page.getByRole("textbox", { name: "Number of events" }), "10");
  await press(page, button(page, "Review"));

  await press(page, button(page, "Edit positions"));
  await reach(page, page.getByRole("region", { name: "Plan" }));
  await page.keyboard.press("ArrowDown");
  const next = page.getByRole("textbox", { name: "Next event of partition 0" });
  await reach(page, next, "ArrowRight", 5);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("48100");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("textbox", { name: "Next event of partition 1" })).toBeFocused();
  const url = page.url();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(url);
  await expect(page.getByRole("region", { name: "Plan" })).toContainText("48,099");

  await confirm(page, "undone");
  await expect(page.getByRole("region", { name: "Summary" })).toContainText(
    "All 4 checkpoints were written.",
  );
  await press(page, button(page, "Undo…"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review the undo of undone");
  await confirm(page, "undone");
  await press(page, page.getByRole("link", { name: "To the group" }));
  await expect(page).toHaveURL(/\/consumer-groups\/undone/);
});

test("an event is read, kept and skipped with the keyboard alone", async ({ page }) => {
  await page.goto(groupPage("recorded"));
  await reach(page, page.getByRole("region", { name: "Partitions" }));
  await page.keyboard.press("j");
  await expect(button(page, "Details of 0")).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, button(page, "Read this event: 48,400"));
  const coming = page.waitForEvent("download");
  await press(page, button(page, "Save as file"));
  await coming;
  await press(page, button(page, "10 earlier"));
  const filter = page.getByRole("searchbox", { name: "Filter what was read" });
  await reach(page, filter, "Shift+Tab");
  await page.keyboard.type("48395");
  await reach(page, page.getByRole("region", { name: "Events that were read" }));
  await page.keyboard.press("j");
  await expect(button(page, "Details of event-48395")).toBeFocused();
  await reach(page, button(page, "Skip this event…"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Skipped event" })).toContainText("Will skip event 48,400");
  await press(page, button(page, "Back"));
});

test("checkpoints are moved, cleaned up and exported with the keyboard alone", async ({ page }) => {
  await page.goto(groupPage("relocated"));
  const coming = page.waitForEvent("download");
  await press(page, button(page, "Export positions"));
  await page.keyboard.press("Enter");
  await coming;
  await press(page, button(page, "More actions"));
  await expect(page.getByRole("menuitem", { name: "Move to another store or group…" })).toBeFocused();
  await page.keyboard.press("Enter");
  await type(page, page.getByRole("textbox", { name: "Consumer group" }), "other");
  await press(page, button(page, "Review"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review the move to other");

  await page.goto(groupPage("relocated"));
  await expect(page.getByRole("banner")).toContainText("Live");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("clean up relocated");
  await expect(page.getByRole("option").first()).toContainText("Clean up blobs of relocated");
  await page.keyboard.press("Enter");
  await press(page, button(page, "Review"));
  await confirm(page, "relocated");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Clean-up of relocated");
});

test("an incident is acknowledged, and its place silenced for a time, with the keyboard alone", async ({
  page,
  own,
  resetWorld,
}) => {
  const dashboard = await own.dashboard(
    {
      eventHubs: [resetWorld.hubConfig("orders", { consumerGroups: ["billing"] })],
      alerts: {
        rules: [{ id: "behind", when: { lag: 50 }, groups: ["billing"], forSeconds: 0, severity: "warning" }],
      },
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  await ready(dashboard);
  await page.goto(`${dashboard.url}/incidents`);
  const take = button(page, "Acknowledge or silence billing");
  const note = page.getByRole("textbox", { name: "Why, or what is being done" });
  await press(page, take);
  await expect(note).toBeFocused();
  await page.keyboard.type("Looking");
  await press(page, page.getByRole("button", { name: "Acknowledge", exact: true }));
  await expect(page.getByRole("list", { name: "Incidents" })).toContainText("Acknowledged by anonymous");
  await press(page, take);
  await page.keyboard.type("Deploying");
  await press(page, page.getByRole("button", { name: "Silence", exact: true }));
  const end = page.getByRole("button", { name: "End the silence of orders/billing" });
  await press(page, end);
  await expect(end).toHaveCount(0);

  await page.keyboard.press("p");
  await expect(page.getByRole("banner")).toContainText("Paused");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
});
