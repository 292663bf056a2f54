import { expect, expectAccessible, expectNoSidewaysScroll, setTheme, test, themes } from "./fixtures.ts";

test("a group's page tells partition by partition who owns it and how far it is", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/fraud-check");
  const rows = page.getByRole("region", { name: "Partitions" }).getByRole("row");
  await expect(rows).toHaveCount(1 + 4);
  const three = rows.filter({ has: page.getByRole("rowheader", { name: "3", exact: true }) });
  await expect(three).toContainText("400");
  const zero = rows.filter({ has: page.getByRole("rowheader", { name: "0", exact: true }) });
  await expect(zero).toContainText("fraud-check-0");
  const one = rows.filter({ has: page.getByRole("rowheader", { name: "1", exact: true }) });
  await expect(one).toContainText(/released/i);
});

test("a group overtaken by retention says how much is lost", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/archive");
  await expect(page.getByRole("main")).toContainText("156");
  await expect(page.getByRole("main")).toContainText(/left the stream/);
});

test("an unreadable checkpoint is named with its blob, and hides nothing", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/broken");
  await expect(page.getByRole("main")).toContainText(/can't be read|Unreadable/);
  await page.getByRole("button", { name: "Details of 0" }).click();
  await expect(page.getByRole("main")).toContainText("localhost/orders/broken/checkpoint/0");
});

test("a diagnosis names the blobs that are off, and the stores that they stand in", async ({ page }) => {
  await page.goto("/event-hubs/orders");
  await page.getByRole("main").getByRole("link", { name: "Diagnosis" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Diagnosis of orders");
  const failed = page.getByRole("listitem").filter({ hasText: "Failed" });
  await failed
    .getByText(/by name/)
    .first()
    .click();
  await expect(failed).toContainText("localhost/orders/broken/checkpoint/0");
});

test("1,024 partitions stay light", async ({ page }) => {
  await page.goto("/event-hubs/telemetry/consumer-groups/enrich");
  const region = page.getByRole("region", { name: "Partitions" });
  await expect(region.getByRole("row").nth(5)).toBeVisible();
  expect(await region.getByRole("row").count()).toBeLessThan(150);
  await expect(page.getByRole("main")).toContainText("1,024 partitions");
  await page.getByRole("searchbox").fill("900");
  await expect(region.getByRole("row")).toHaveCount(2);
});

test("what is not there is a page that says so", async ({ page }) => {
  const response = await page.goto("/event-hubs/orders/consumer-groups/nobody");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("main")).toContainText(/nothing at this address/i);
  await expect(page.getByRole("link", { name: /all consumer groups/i }).first()).toBeVisible();
});
// The browser tells a 404 of the page itself on the console.
test.use({ ignoredComplaints: /404 \(Not Found\)/ });

const paths = [
  "/event-hubs/orders",
  "/event-hubs/orders/diagnosis",
  "/event-hubs/telemetry?tab=partitions",
  "/event-hubs/orders/consumer-groups/fraud-check",
  "/event-hubs/orders/consumer-groups/archive",
  "/event-hubs/orders/consumer-groups/broken",
  "/event-hubs/orders/consumer-groups/$Default",
  "/event-hubs/telemetry/consumer-groups/enrich",
  "/event-hubs/refunds/consumer-groups/notify",
];

for (const theme of themes) {
  for (const path of paths) {
    test(`${path} has no fault that axe finds, and fits a phone, in ${theme}`, async ({ page }) => {
      await setTheme(page, theme);
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(
        page
          .getByRole("main")
          .getByRole(/diagnosis$/.test(path) ? "listitem" : "table")
          .first(),
      ).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectNoSidewaysScroll(page);
    });
  }
}
