import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { expectAccessible, expectAccessibleInBothThemes, expectNoSidewaysScroll } from "./page-checks.ts";
import { expect, ready, test } from "./quiet-fixtures.ts";

test("an incident opens, is told, and a channel can be tested from the page", async ({ page, own }) => {
  const told: string[] = [];
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    told.push((JSON.parse(body) as { event: string }).event);
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  own.endAfterwards(() => receiver.close());
  const world = await own.world([{ name: "orders", partitionCount: 2, consumerGroups: ["billing"] }]);
  world.enqueue("orders", "0", 100);
  await world.checkpoint("orders", "billing", "0", 9);
  const dashboard = await own.dashboard(
    {
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
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  await ready(dashboard);
  await page.goto(`${dashboard.url}/incidents`);
  const incidents = page.getByRole("list", { name: "Incidents" });
  await expect(incidents).toContainText(sentenceOf(reason("lagAbove", { lag: 90 })));
  await expect.poll(() => told).toEqual(["opened"]);
  const bell = page.getByRole("banner").locator('a[href="/incidents"]');
  await expect(bell).toHaveAccessibleName("1 open incident, 1 neither acknowledged nor silenced", {
    timeout: 20_000,
  });
  await page.getByRole("button", { name: "Send a test on pager" }).click();
  await expect.poll(() => told).toEqual(["opened", "test"]);
  await expect(page.getByRole("region", { name: "Deliveries" })).toContainText("This is a test");
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  const acknowledge = page.getByRole("button", { name: "Acknowledge billing" });
  const silence = page.getByRole("button", { name: "Silence billing" });
  await acknowledge.click();
  let form = page.getByRole("form", { name: "Acknowledge billing" });
  await expect(form.getByRole("textbox")).toBeFocused();
  await expectAccessibleInBothThemes(page);
  await expectNoSidewaysScroll(page);
  await form.getByRole("textbox").fill("Deploying");
  await form.getByRole("button", { name: "Acknowledge", exact: true }).click();
  await expect(incidents).toContainText(/Acknowledged by anonymous.*: Deploying/);
  await expect(bell).toHaveAccessibleName("1 open incident, acknowledged or silenced");
  // Nothing more is to be acknowledged.
  await expect(silence).toBeVisible();
  await expect(acknowledge).toHaveCount(0);
  await silence.click();
  form = page.getByRole("form", { name: "Silence billing" });
  await expect(form).toContainText("Silences billing on orders, all rules");
  await expectAccessibleInBothThemes(page);
  await expectNoSidewaysScroll(page);
  await form.getByRole("textbox").fill("Deploying until noon");
  await form.getByRole("button", { name: "Silence", exact: true }).click();
  const silenced = page.getByRole("list", { name: "Silences" });
  await expect(silenced).toContainText("Deploying until noon");
  await expect(silenced).toContainText("billing on orders · all rules");
  await expectAccessible(page);
  await silenced.getByRole("button", { name: "End the silence of billing on orders" }).click();
  await expect(silenced).toHaveCount(0);
  await incidents.getByRole("link", { name: "Open billing" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("billing");
});
