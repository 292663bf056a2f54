import { expect, ready } from "#tests/e2e/quiet-fixtures.ts";
import { test } from "#tests/e2e/reset-fixtures.ts";
import { button, confirm, groupPage, openMenu, press, reach, type } from "./keys.ts";

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
  const strip = page.getByRole("region", { name: "Last reset" });
  // A dismissal is of one reset, and the list may still end with the one before.
  await expect(strip).toContainText("Undo to");
  await press(page, strip.getByRole("button", { name: "Dismiss" }));
  await expect(strip).toHaveCount(0);
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
  const problems = page.getByRole("region", { name: "Problems" });
  await press(page, problems.getByRole("button", { name: "Hide" }));
  await press(page, problems.getByRole("button", { name: "Show" }));
  await expect(page.getByRole("list", { name: "Notes" })).toBeVisible();
  const coming = page.waitForEvent("download");
  await openMenu(page, button(page, "Export positions"));
  await page.keyboard.press("Enter");
  await coming;
  await openMenu(page, button(page, "More actions"));
  await expect(page.getByRole("menuitem", { name: "Move checkpoints…" })).toBeFocused();
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
  const note = page.getByRole("textbox", { name: "Why, or what is being done" });
  await press(page, button(page, "Acknowledge billing"));
  await expect(note).toBeFocused();
  await page.keyboard.type("Looking");
  await press(page, page.getByRole("button", { name: "Acknowledge", exact: true }));
  await expect(page.getByRole("list", { name: "Incidents" })).toContainText("Acknowledged by anonymous");
  await expect(note).toHaveCount(0);
  await press(page, button(page, "Silence billing"));
  await expect(note).toBeFocused();
  await page.keyboard.type("Deploying");
  await press(page, page.getByRole("button", { name: "Silence", exact: true }));
  const end = page.getByRole("button", { name: "End the silence of billing on orders" });
  await press(page, end);
  await expect(end).toHaveCount(0);

  await page.keyboard.press("p");
  await expect(page.getByRole("banner")).toContainText("Paused");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("partitions are searched, given other columns, saved and ticked for a reset with the keyboard alone", async ({
  page,
}) => {
  await page.goto(groupPage("recorded"));
  const table = page.getByRole("region", { name: "Partitions" });
  const rows = table.getByRole("row");
  await type(page, page.getByRole("searchbox", { name: "Partition or owner" }), "0 2");
  await expect(rows).toHaveCount(1 + 2);
  await openMenu(page, button(page, "Columns"));
  await reach(page, page.getByRole("menuitemcheckbox", { name: "Out" }), "ArrowDown", 20);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(table.getByRole("columnheader", { name: /^Out/ })).toBeVisible();
  const coming = page.waitForEvent("download");
  await press(page, button(page, "CSV"));
  await coming;
  await reach(page, table);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(button(page, "Details of 2")).toBeFocused();
  await reach(page, table.getByRole("checkbox", { name: "2" }), "ArrowRight", 3);
  await page.keyboard.press("Space");
  await press(page, page.getByRole("link", { name: "Reset 1 partition…" }));
  await expect(page).toHaveURL(/partitions=2/);
});

test("a reset that resumes after an event is reached from that event with the keyboard alone", async ({
  page,
}) => {
  await page.goto(groupPage("recorded"));
  await reach(page, page.getByRole("region", { name: "Partitions" }));
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await press(page, button(page, "Read this event: 48,399"));
  await press(page, button(page, "10 earlier"));
  const read = page.getByRole("region", { name: "Events that were read" });
  await reach(page, read);
  await page.keyboard.press("j");
  await reach(page, read.getByRole("link", { name: /^Resume after event/ }).first(), "ArrowRight", 5);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/reset\?/);
});

test("theme, zone, pace, files and moves of groups are reached from the palette", async ({ page }) => {
  await page.goto(groupPage("recorded"));
  const live = page.getByRole("banner");
  await expect(live).toContainText("Live");
  const ask = async (text: string, name: string) => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type(text);
    await expect(page.getByRole("option").first()).toContainText(name);
    await page.keyboard.press("Enter");
  };
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme ?? "system");
  await ask("dark theme", "Dark theme");
  await expect.poll(theme).toBe("dark");
  await ask("system theme", "System theme");
  await expect.poll(theme).toBe("system");
  await ask("show utc", "Show UTC");
  await expect(live).toContainText("UTC");
  await ask("show local", "Show local time");
  await expect(live).not.toContainText("UTC");
  await ask("pause live", "Pause live updates");
  await expect(live).toContainText("Paused");
  await ask("resume live", "Resume live updates");
  await expect(live).toContainText("Live");
  const again = page.waitForResponse(/\/api\/v1\/event-hubs\/orders/);
  await ask("refresh", "Refresh");
  await again;
  const coming = page.waitForEvent("download");
  await ask("export positions of recorded", "Export positions of recorded");
  await coming;
  await ask("move several groups of orders", "Move several groups of orders");
  await expect(page).toHaveURL(/\/orders\/move-groups/);

  await openMenu(page, button(page, "Theme and time zone"));
  await reach(page, page.getByRole("menuitemradio", { name: "UTC", exact: true }), "ArrowDown", 10);
  await page.keyboard.press("Enter");
  await expect(live).toContainText("UTC");

  await page.goto("/event-hubs/orders/diagnosis");
  const saved = page.waitForEvent("download");
  await press(page, button(page, "Export"));
  await saved;
});
