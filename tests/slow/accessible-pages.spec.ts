import { test } from "#tests/e2e/fixtures.ts";
import { expectAccessibleInBothThemes, expectNoSidewaysScroll } from "#tests/e2e/page-checks.ts";
import { expect } from "#tests/e2e/quiet-fixtures.ts";

const contents = [
  { path: /diagnosis$/, role: "listitem" },
  { path: /tab=lag$/, role: "img" },
  { path: /./, role: "table" },
] as const;

const paths = [
  "/event-hubs/orders",
  "/event-hubs/orders/diagnosis",
  "/event-hubs/orders/consumer-groups/fraud-check",
  "/event-hubs/orders/consumer-groups/archive",
  "/event-hubs/orders/consumer-groups/broken",
  "/event-hubs/orders/consumer-groups/$Default",
  "/event-hubs/refunds/consumer-groups/notify",
  "/event-hubs/orders/consumer-groups/fraud-check?tab=lag",
  "/event-hubs/orders/consumer-groups/fraud-check?tab=owners",
];

for (const path of paths) {
  test(`${path} has no fault that axe finds in either theme, and fits a phone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const role = contents.find((content) => content.path.test(path))?.role ?? "table";
    await expect(page.getByRole("main").getByRole(role).first()).toBeVisible();
    await expectAccessibleInBothThemes(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
  });
}
