import { expect } from "#tests/e2e/quiet-fixtures.ts";
import { test } from "#tests/e2e/reset-fixtures.ts";
import { startProcessors } from "#tests/support/worlds/live/live-world.ts";

const group = "/event-hubs/payments/consumer-groups/steady";
/** A plan is renewed ten seconds after it was made, at the earliest. */
const renewing = { timeout: 60_000 };

test("renews the review of a live reset once its group has read on, and keeps the typed name", async ({
  page,
  resetWorld,
}) => {
  const processors = startProcessors(resetWorld, "steady", 1, { eventHub: "payments" });
  try {
    const main = page.getByRole("main");
    await page.goto(`/event-hubs/payments`);
    await page.getByRole("link", { name: "steady" }).click({ timeout: 60_000 });
    const row = (region: string, id: string) =>
      page
        .getByRole("region", { name: region })
        .getByRole("row")
        .filter({ has: page.getByRole("rowheader", { name: id, exact: true }) });
    for (const id of ["0", "1"]) await expect(row("Partitions", id)).toContainText("48,199", renewing);

    await page.goto(`${group}/reset?store=main&target=sequenceNumber&sequence=48100&mode=live&handler=2`);
    await page.getByRole("button", { name: "Review" }).click();
    const plan = (id: string) => row("Plan", id);
    await expect(plan("0")).toContainText("≥ 100");
    const summary = page.getByRole("region", { name: "Summary" });
    await expect(summary).toContainText("At least 200 events will be read again; none will be skipped.");
    await page.getByRole("textbox", { name: /to confirm/ }).fill("steady");
    const before = page.url();

    resetWorld.enqueue("payments", "0", 60);
    await expect(main).toContainText(/Renewed at .* 60 more are read again\./, renewing);
    await expect(plan("0")).toContainText("≥ 160");
    await expect(plan("1")).toContainText("≥ 100");
    await expect(summary).toContainText("At least 260 events will be read again");
    expect(page.url()).not.toBe(before);
    await expect(page.getByRole("textbox", { name: /to confirm/ })).toHaveValue("steady");

    // The address that is shown now is the renewed plan's.
    await page.reload();
    await expect(plan("0")).toContainText("≥ 160");
    await page.getByRole("textbox", { name: /to confirm/ }).fill("steady");
    await page.getByRole("button", { name: "Apply to 2 partitions" }).click();
    await expect(summary).toContainText("Both checkpoints were written.", { timeout: 120_000 });
  } finally {
    await processors.close();
  }
});
