import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from "#tests/e2e/page-checks.ts";
import { expect, ready, test } from "#tests/e2e/quiet-fixtures.ts";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";

const group = "billing";

test("a stopped group with an owner leads to the event that it may fail on", async ({ page, own }) => {
  const hub = { name: "orders", partitionCount: 4, consumerGroups: [group, "inspect"] };
  const world = await own.world([{ ...hub, firstSequenceNumber: 48_000 }]);
  for (const id of ["0", "1", "2", "3"]) world.enqueue("orders", id, 500);
  for (const id of ["0", "1"]) await world.own("orders", group, id, "billing-a1");
  for (const id of ["2", "3"]) await world.checkpoint("orders", group, id, 48_499);
  const config = { inspectionConsumerGroup: "inspect", ownershipExpirationSeconds: 600 };
  const dashboard = await startDashboard(
    { refreshSeconds: 1, eventHubs: [world.hubConfig("orders", config)] },
    { TIDEMARK_READ_ONLY: "false" },
  );
  own.endAfterwards(() => dashboard.end());
  await ready(dashboard);
  const seen = async () => {
    const answer = await fetch(`${dashboard.url}/api/v1/event-hubs/orders/consumer-groups/${group}`);
    const { partitions } = (await answer.json()) as ConsumerGroupDetail;
    return partitions.slice(0, 2).map(({ checkpoint }) => checkpoint);
  };
  // Four checkpoints are a rhythm, so that silence is told within seconds. Each is seen, and none is written
  // in the second of the one before, from which it could not be told.
  for (const step of [1, 2, 3, 4]) {
    const sequenceNumber = 48_000 + step * 50;
    for (const id of ["0", "1"]) await world.checkpoint("orders", group, id, sequenceNumber);
    await expect.poll(seen).toMatchObject([{ sequenceNumber }, { sequenceNumber }]);
    const written = (await seen()).map((checkpoint) => Date.parse(checkpoint?.updatedAt ?? ""));
    await expect.poll(() => Date.now()).toBeGreaterThanOrEqual(Math.max(...written) + 1_000);
  }
  await page.goto(`${dashboard.url}/event-hubs/orders/consumer-groups/${group}?tab=owners`);
  const findings = page.getByRole("list", { name: "Findings" });
  const problems = page.getByRole("region", { name: "Problems" });
  await expect(problems).toContainText("2 partitions stopped", { timeout: 30_000 });
  await page.reload();
  await expect(findings).toContainText("2 partitions stopped.");
  await expect(findings).toContainText("an event that fails every time");
  await page.goto(dashboard.url);
  await expect(page.getByRole("main")).toContainText("on partitions 0 and 1 and");
  await expectNoSidewaysScroll(page);
  await page.goto(`${dashboard.url}/event-hubs/orders/consumer-groups/${group}?tab=owners`);
  await findings.getByRole("button", { name: "Read the next event of partition 0" }).click();
  const events = page.getByRole("region", { name: "Events of partition 0" });
  await expect(events.getByRole("heading", { name: "Event 48,201" })).toBeVisible();
  await expect(events.getByRole("button", { name: "Skip this event…" })).toBeVisible();
  await expectAccessibleInBothThemes(page);

  for (const id of ["0", "1"]) await world.own("orders", group, id, "billing-b2");
  await expect(findings).toContainText(/Taken over \d+ s ago; no checkpoint yet\./);
  await expect(findings).not.toContainText("stuck");
  await expect(findings.getByRole("button")).toHaveCount(0);
});
