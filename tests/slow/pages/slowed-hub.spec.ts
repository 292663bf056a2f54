import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { expect, ready, test } from "#tests/e2e/quiet-fixtures.ts";

test("a hub that is read more slowly than configured says how often and why, and is not stale", async ({
  page,
  own,
}) => {
  const world = await own.world([{ name: "orders", partitionCount: 9, consumerGroups: ["billing"] }]);
  for (const id of ["0", "4", "8"]) {
    world.enqueue("orders", id, 100);
    await world.checkpoint("orders", "billing", id, 57);
  }
  const capped = { propertyReadsPerSecond: 2 };
  const dashboard = await own.dashboard({ eventHubs: [world.hubConfig("orders", capped)] });
  await ready(dashboard);
  const slowed = sentenceOf(reason("hubReadsCapped", { reads: 10, perSecond: 2, seconds: 5 }));
  for (const path of ["", "/consumer-groups/billing"]) {
    await page.goto(`${dashboard.url}/event-hubs/orders${path}`);
    await expect(page.getByRole("main")).toContainText(slowed);
    // Figures of the last round are no old ones.
    const live = page.getByRole("button", { name: /Pause live updates/ });
    await expect(live).toContainText("Live");
    const shown = page.getByText(/^updated/);
    await expect(shown).toContainText(/[23] s ago/);
    await expect(live).toContainText("Live");
    await expect(shown).toContainText(/just now|1 s ago/);
  }
});
