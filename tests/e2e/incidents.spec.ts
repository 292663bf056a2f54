import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startDashboard } from "#tests/support/worlds/dashboard.ts";
import { startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { expect, expectAccessibleInBothThemes, expectNoSidewaysScroll, ready, test } from "./fixtures.ts";

test("an incident opens, is told, and a channel can be tested from the page", async ({ page }) => {
  const told: string[] = [];
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    told.push((JSON.parse(body) as { event: string }).event);
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "billing", "0", 9);
  const dashboard = await startDashboard({
    refreshSeconds: 1,
    eventHubs: [world.hubConfig("orders")],
    alerts: {
      rules: [{ id: "behind", when: { lag: 50 }, forSeconds: 0, severity: "critical" }],
      channels: [
        {
          id: "pager",
          kind: "webhook",
          url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
        },
      ],
    },
  });
  await ready(dashboard);
  await page.goto(`${dashboard.url}/incidents`);
  const incidents = page.getByRole("list", { name: "Incidents" });
  await expect(incidents).toContainText("90 events behind.");
  await expect.poll(() => told).toEqual(["opened"]);
  await page.getByRole("button", { name: "Send a test on pager" }).click();
  await expect.poll(() => told).toEqual(["opened", "test"]);
  await expect(page.getByRole("region", { name: "Deliveries" })).toContainText("This is a test");
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await incidents.getByRole("link", { name: "Open billing" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("billing");
  // A stream that breaks off is a complaint of the browser's; the page is left first.
  await page.goto("about:blank");
  await dashboard.end();
  await world.stop();
  receiver.close();
});
