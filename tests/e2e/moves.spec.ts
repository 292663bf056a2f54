import type { Page } from "@playwright/test";
import type { LocalWorld } from "#tests/support/worlds/local-world.ts";
import { expectAccessible } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";
import { test } from "./reset-fixtures.ts";

const groupPage = (group: string) => `/event-hubs/orders/consumer-groups/${group}`;
const main = (page: Page) => page.getByRole("main");
const row = (page: Page, region: string, id: string) =>
  page
    .getByRole("region", { name: region })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: id, exact: true }) });
async function blobsUnder({ container }: LocalWorld, prefix: string) {
  const found = [];
  for await (const { name, metadata } of container.listBlobsFlat({ prefix, includeMetadata: true }))
    found.push({ name, sequenceNumber: metadata?.sequencenumber });
  return found;
}

test("moves checkpoints to another group by a review of both sides, and brings back the former ones", async ({
  page,
  resetWorld,
}) => {
  await resetWorld.checkpoint("orders", "successor", "1", 48_010);
  await page.goto(groupPage("relocated"));
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Move checkpoints…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Move checkpoints of relocated");
  await page.getByRole("textbox", { name: "Consumer group" }).fill("successor");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Review" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toContainText("Review the move to successor");
  await expect(row(page, "Plan", "0")).toContainText("48,399");
  await expect(row(page, "Plan", "1")).toContainText("48,010");
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: /Replace partition 1/ }).check();
  await page.getByRole("button", { name: "New plan, replacing 1 checkpoint" }).click();
  await expect(page.getByRole("button", { name: "Apply to 4 partitions" })).toBeVisible();
  await page.getByRole("textbox", { name: /to confirm/ }).fill("successor");
  await page.getByRole("button", { name: "Apply to 4 partitions" }).click();
  const summary = page.getByRole("region", { name: "Summary" });
  await expect(summary).toContainText("All 4 checkpoints were written.");

  await page.getByRole("button", { name: "Undo…" }).click();
  await expect(row(page, "Plan", "0")).toContainText("deleted");
  await expect(row(page, "Plan", "1")).toContainText("48,010");
  await page.getByRole("textbox", { name: /to confirm/ }).fill("successor");
  await page.getByRole("button", { name: "Apply to 4 partitions" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Undo of" })).toBeVisible();
  await expect(summary).toContainText("All 4 checkpoints were deleted or written.");
  const left = await blobsUnder(resetWorld, "localhost/orders/successor/checkpoint/");
  expect(left).toEqual([{ name: "localhost/orders/successor/checkpoint/1", sequenceNumber: "48010" }]);
});

test("leads from a blob that stops the group to its cleanup, and brings the blob back", async ({
  page,
  resetWorld,
}) => {
  await page.goto(groupPage("relocated"));
  await page.getByRole("list", { name: "Notes" }).getByRole("link", { name: "Clean up…" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Clean up blobs of relocated");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Review" }).click();
  await expect(main(page)).toContainText("localhost/orders/relocated/checkpoint/31");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: /to confirm/ }).fill("relocated");
  await page.getByRole("button", { name: "Delete 1 blob" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Clean-up of relocated" })).toBeVisible();
  const summary = page.getByRole("region", { name: "Summary" });
  await expect(summary).toContainText("The blob was deleted.");
  const stray = "localhost/orders/relocated/checkpoint/31";
  expect(await blobsUnder(resetWorld, stray)).toEqual([]);

  await page.getByRole("button", { name: "Undo…" }).click();
  await page.getByRole("textbox", { name: /to confirm/ }).fill("relocated");
  await page.getByRole("button", { name: "Apply to 1 blob" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Undo of relocated" })).toBeVisible();
  await expect(summary).toContainText("The blob was restored.");
  expect(await blobsUnder(resetWorld, stray)).toEqual([{ name: stray, sequenceNumber: undefined }]);
});
