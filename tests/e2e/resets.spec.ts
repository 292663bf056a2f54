import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { reason } from "#lib/api/reasons/reason.ts";
import { openingOf } from "#tests/support/fixtures/opening-of.ts";
import { startProcessors } from "#tests/support/worlds/live/live-world.ts";
import { expectAccessible } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";
import { resetOverHttp, test } from "./reset-fixtures.ts";

const groupPage = (group: string) => `/event-hubs/orders/consumer-groups/${group}`;
const main = (page: Page) => page.getByRole("main");
const row = (page: Page, region: string, id: string) =>
  page
    .getByRole("region", { name: region })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: id, exact: true }) });

test.describe("a reset", () => {
  test("is chosen in an address that a reload keeps", async ({ page }) => {
    await page.goto(groupPage("billing"));
    await page.getByRole("link", { name: "Reset checkpoints…" }).click();
    const review = page.getByRole("button", { name: "Review" });
    await expect(review).toHaveAttribute("aria-disabled", "true");
    await expect(main(page)).toContainText("Choose a target.");
    await page.getByRole("radio", { name: "Chosen ones" }).check();
    await page.getByRole("textbox", { name: "Partitions", exact: true }).fill("0-2");
    await expect(main(page)).toContainText("3 of 4 partitions chosen");
    await page.getByRole("radio", { name: "Shift" }).check();
    await page.getByRole("textbox", { name: "Number of events" }).fill("100");
    await expect(page).toHaveURL(/shift=-100/);
    await page.reload();
    await expect(page.getByRole("textbox", { name: "Number of events" })).toHaveValue("100");
    await review.click();
    await expect(page).toHaveURL(/\/resets\/plans\//);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.getByRole("navigation", { name: "Where you are" })).toContainText(/orders.*billing/);
  });

  test("is reviewed, and applied once the group’s name is typed", async ({ page }) => {
    await page.goto(`${groupPage("billing")}/reset?store=main&target=shift&shift=-100&partitions=0-2`);
    await page.getByRole("button", { name: "Review" }).click();
    const summary = page.getByRole("region", { name: "Summary" });
    await expect(summary).toContainText(
      "3 partitions go back by 100 events. 300 events will be read again; none will be skipped.",
    );
    await expect(row(page, "Plan", "1")).toContainText("48,399");
    await expect(row(page, "Plan", "1")).toContainText("48,299");
    await expectAccessible(page);
    await page.reload();
    await expect(summary).toContainText("300 events will be read again");
    const apply = page.getByRole("button", { name: "Apply to 3 partitions" });
    await page.getByRole("textbox", { name: /to confirm/ }).fill("bill");
    await expect(apply).toHaveAttribute("aria-disabled", "true");
    await page.getByRole("textbox", { name: /to confirm/ }).fill("Billing");
    await apply.click();

    await expect(page).toHaveURL(/\/resets\/[^/]+$/);
    await expect(page.getByRole("heading", { level: 1, name: "Reset of billing" })).toBeFocused();
    await expect(summary).toContainText("All 3 checkpoints were written.");
    await expect(row(page, "Partitions of the reset", "1")).toContainText("Written");
    await expect(row(page, "Partitions of the reset", "1")).toContainText("48,299");
    await expectAccessible(page);
  });

  test("is told on the group’s page, and undone from its result", async ({ page, resetDashboard }) => {
    const id = await resetOverHttp(resetDashboard, "undone", ["0", "1", "2"], -100);
    await page.goto(groupPage("undone"));
    const strip = page.getByRole("region", { name: "Last reset" });
    await expect(strip).toContainText("Done");
    await expect(row(page, "Partitions", "1")).toContainText("48,299");
    await expect(row(page, "Partitions", "3")).toContainText("48,399");
    await strip.getByRole("link", { name: "Result and undo" }).click();
    await expect(page).toHaveURL(new RegExp(`/resets/${id}$`));

    await page.getByRole("button", { name: "Undo…" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Review the undo of undone");
    const summary = page.getByRole("region", { name: "Summary" });
    await expect(summary).toContainText("3 partitions return to their former positions.");
    await expect(summary).toContainText("300 will be skipped.");
    await page.getByRole("textbox", { name: /to confirm/ }).fill("undone");
    await page.getByRole("textbox", { name: /to confirm/ }).press("Enter");
    await expect(summary).toContainText("All 3 checkpoints were written.");
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect(row(page, "Partitions", "1")).toContainText("48,399");
    await expect(page.getByRole("region", { name: "Last reset" })).toHaveCount(0);
  });

  test("stands in the activity with each partition before and after", async ({ page, resetDashboard }) => {
    await resetOverHttp(resetDashboard, "recorded", ["1"], -100);
    await page.goto(`${groupPage("recorded")}?tab=activity`);
    const activity = page.getByRole("region", { name: "Activity" });
    await activity
      .getByRole("button", { name: /^Details of/ })
      .last()
      .click();
    await expect(row(page, "Before and after", "1")).toContainText("48,299");
    await page.getByRole("link", { name: "All activity" }).click();
    await expect(page).toHaveURL(/\/activity\?hub=orders&group=recorded/);
    await expect(activity.getByRole("row").filter({ hasText: "100 events before" }).first()).toBeVisible();
    await expectAccessible(page);
  });

  test("by keyboard alone", async ({ page }) => {
    await page.goto(`${groupPage("billing")}/reset?store=main&partitions=3`);
    await page.getByRole("radio", { name: "A time" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("radio", { name: "Earliest" })).toBeChecked();
    await expect(page).toHaveURL(/target=earliest/);
    await page.getByRole("button", { name: "Review" }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/resets\/plans\//);
    await page.getByRole("textbox", { name: /to confirm/ }).focus();
    await page.keyboard.type("billing");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("region", { name: "Summary" })).toContainText("The checkpoint was written.");
    await expect(row(page, "Partitions of the reset", "3")).toContainText("47,999");
  });

  test("leaves alone what somebody owns, and says who", async ({ page, resetWorld: world }) => {
    const owner = setInterval(() => void world.own("orders", "busy", "0", "busy-0"), 300);
    await world.own("orders", "busy", "0", "busy-0");
    await page.goto(`${groupPage("busy")}/reset?store=main&target=latest&mode=offline`);
    await expect(main(page)).toContainText("1 processor owns 1 of the 4 chosen partitions now.");
    await page.getByRole("button", { name: "Review" }).click();
    await expect(row(page, "Plan", "0")).toContainText("Blocked");
    await expect(row(page, "Plan", "0")).toContainText("busy-0");
    await page.getByRole("button", { name: "With issues" }).click();
    await expect(page.getByRole("region", { name: "Plan" }).getByRole("rowheader")).toHaveCount(1);

    await page.goto(`${groupPage("busy")}/reset?store=main&target=latest&partitions=0&mode=offline`);
    await page.getByRole("button", { name: "Review" }).click();
    const summary = page.getByRole("region", { name: "Summary" });
    await expect(summary).toContainText("The partition can’t be reset.");
    const by = { ownerId: "busy-0", renewedSecondsAgo: 1, leasedBlob: null, expiresInSeconds: 1 };
    const blockedBy = openingOf(reason("partitionOwned", by));
    await expect(summary).toContainText(`Partition 0: ${blockedBy}`);
    await expect(summary).toContainText("Once nothing blocks it: 1 partition goes");
    await expect(page.getByRole("region", { name: "Waiting" })).toContainText(
      "1 processor still owns 1 partition",
    );
    await expectAccessible(page);
    const blocked = page.url();
    await page.getByRole("button", { name: "Reset live instead" }).click();
    await expect(page.getByRole("region", { name: "Limits of a live reset" })).toContainText(
      "keeps reading while you review",
    );
    await page.goto(blocked);
    // The name can be typed while it waits. The page itself makes the plan that can be applied.
    await page.getByRole("textbox", { name: /to confirm/ }).fill("busy");
    const apply = page.getByRole("button", { name: "Apply to 1 partition" });
    await expect(apply).toHaveAttribute("aria-disabled", "true");
    clearInterval(owner);
    await expect(apply).not.toHaveAttribute("aria-disabled", { timeout: 25_000 });
    await expect(main(page)).toContainText("Partition 0 is free now");
    await expect(page).not.toHaveURL(blocked);
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toHaveValue("busy");
  });

  test("goes back to where an exported file stood, and refuses a file from another hub", async ({
    page,
  }, info) => {
    await page.goto(groupPage("exported"));
    await page.getByRole("button", { name: "Export positions" }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "As CSV" }).click();
    const file = info.outputPath("positions.csv");
    await (await coming).saveAs(file);
    await page.goto(`${groupPage("billing")}/reset?store=main&target=file&partitions=0-2`);
    const chooser = page.getByLabel("File of positions, CSV or JSON");
    const text = await readFile(file, "utf8");
    const broken = info.outputPath("broken.csv");
    await writeFile(broken, text.replace(/^1,\d+/m, "1,many"));
    await chooser.setInputFiles(broken);
    await expect(page.getByRole("alert").filter({ hasText: "can’t be used" })).toContainText(
      "Line 3: nextSequenceNumber is “many”",
    );
    const foreign = info.outputPath("foreign.csv");
    await writeFile(foreign, text.replaceAll(",localhost,", ",contoso.servicebus.windows.net,"));
    await chooser.setInputFiles(foreign);
    await expect(main(page)).toContainText(
      "The file is of orders on contoso.servicebus.windows.net, this is orders on localhost",
    );
    await expect(page.getByRole("radio", { name: "By time" })).toBeChecked();
    await chooser.setInputFiles(file);
    await expect(page.getByRole("radio", { name: "By position" })).toBeChecked();
    await page.reload();
    await expect(page.getByRole("radio", { name: "By position" })).toBeChecked();
    await page.getByRole("button", { name: "Review" }).click();
    await expect(row(page, "Plan", "2")).toContainText("48,099");
  });

  test("of a running group shows the machine at work, and the event its processor went on with", async ({
    page,
    resetWorld,
  }) => {
    const processors = startProcessors(resetWorld, "steady", 1, { eventHub: "payments" });
    await page.goto("/event-hubs/payments");
    await page.getByRole("link", { name: "steady" }).click({ timeout: 30_000 });
    await expect(page.getByRole("main")).toContainText("2 of 2", { timeout: 30_000 });
    await page.getByRole("link", { name: "Reset checkpoints…" }).click();
    await page.getByRole("radio", { name: "Earliest" }).check();
    const owns = "1 processor owns 2 of the 2 chosen partitions now.";
    await expect(main(page)).toContainText(`${owns} It keeps running`);
    await expect(page.getByRole("radio", { name: "Live" })).toBeChecked();
    await page.getByRole("radio", { name: "Offline" }).check();
    await expect(page).toHaveURL(/mode=offline/);
    await expect(main(page)).toContainText(`${owns} Stop it first`);
    await page.getByRole("radio", { name: "Live" }).check();
    // Long enough for the page to show the pause on a busy machine.
    await page.getByRole("textbox", { name: "Longest handler time in seconds" }).fill("6");
    await page.getByRole("button", { name: "Review" }).click();

    const summary = page.getByRole("region", { name: "Summary" });
    await expect(summary).toContainText("Live: 1 processor keeps running.");
    await expect(row(page, "Plan", "0")).toContainText("steady-processor-0");
    await expect(page.getByRole("region", { name: "Limits of a live reset" })).toContainText("Not atomic");
    await expectAccessible(page);
    await page.getByRole("textbox", { name: /to confirm/ }).fill("steady");
    await page.getByRole("button", { name: "Apply to 2 partitions" }).click();

    const partition = (id: string) => row(page, "Partitions of the reset", id);
    await expect(partition("0")).toContainText("Paused", { timeout: 20_000 });
    await expect(partition("0")).toContainText("In progress");
    await expect(partition("0")).toContainText("steady-processor-0");
    await expect(partition("1")).toContainText("Waiting");
    await expect(summary).toContainText("Both checkpoints were written.", { timeout: 60_000 });
    await expect(partition("1")).toContainText("48,000");
    await processors.close();
  });

  test("takes the partitions ticked on the group's page", async ({ page }) => {
    await page.goto(groupPage("other"));
    await page.getByRole("checkbox", { name: "3", exact: true }).check();
    await page.getByRole("checkbox", { name: "1", exact: true }).check();
    await page.getByRole("link", { name: "Reset 2 partitions…" }).click();
    await expect(page.getByRole("textbox", { name: "Partitions", exact: true })).toHaveValue("1,3");
  });
});
