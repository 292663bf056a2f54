import { text as readText } from "node:stream/consumers";
import { diagnosisSchema } from "#lib/api/diagnosis.ts";
import { reason, sentenceOf } from "#lib/api/reasons/reason.ts";
import { test } from "./fixtures.ts";
import { expectAccessible, expectNoSidewaysScroll } from "./page-checks.ts";
import { expect } from "./quiet-fixtures.ts";

test("a group's page tells partition by partition who owns it and how far it is", async ({ page }) => {
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === "/api/v1/stream");
  await page.goto("/event-hubs/orders/consumer-groups/fraud-check");
  // A thousand partitions are a megabyte, and a tenth of them change at most.
  expect(Object.fromEntries(new URL((await asked).url()).searchParams)).toEqual({
    hub: "orders",
    group: "fraud-check",
    store: "main",
    changes: "true",
  });
  const rows = page.getByRole("region", { name: "Partitions" }).getByRole("row");
  await expect(rows).toHaveCount(1 + 4);
  const three = rows.filter({ has: page.getByRole("rowheader", { name: "3", exact: true }) });
  await expect(three).toContainText("400");
  const zero = rows.filter({ has: page.getByRole("rowheader", { name: "0", exact: true }) });
  await expect(zero).toContainText("fraud-check-0");
  const one = rows.filter({ has: page.getByRole("rowheader", { name: "1", exact: true }) });
  await expect(one).toContainText(/released/i);
});

test("the event at a checkpoint, and the next one, are read on request and shown as text", async ({
  page,
}) => {
  await page.goto("/event-hubs/orders/consumer-groups/fraud-check");
  await page.getByRole("button", { name: "Details of 0" }).click();
  const events = page.getByRole("region", { name: "Events of partition 0" });
  await events.getByRole("button", { name: "Read this event: 48,399" }).click();
  await expect(events.getByRole("heading", { name: "Event 48,399" })).toBeVisible();
  await expect(events.getByRole("region", { name: "The event's body" })).toHaveText("399");
  await expect(events).toContainText(/Read with\s*tidemark/);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await events.getByRole("button", { name: "Read this event: 48,400" }).click();
  await expect(events.getByRole("region", { name: "The event's body" })).toHaveText("400");
  const coming = page.waitForEvent("download");
  await events.getByRole("button", { name: "Save as file" }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe("orders-partition-0-event-48400.json");
  expect(JSON.parse(await readText(await file.createReadStream()))).toMatchObject({
    eventHubName: "orders",
    sequenceNumber: 48_400,
    body: { encoding: "text", content: "400" },
  });

  await page.setViewportSize({ width: 1440, height: 900 });
  await events.getByRole("button", { name: "10 earlier" }).click();
  const read = events.getByRole("region", { name: "Events that were read" });
  await expect(read.getByRole("row")).toHaveCount(1 + 11);
  await events.getByRole("button", { name: "10 later" }).click();
  await expect(read.getByRole("row")).toHaveCount(1 + 21);
  await events.getByRole("searchbox", { name: "Filter what was read" }).fill("399");
  await expect(read.getByRole("row")).toHaveCount(1 + 1);
  await expect(read.getByRole("rowheader")).toHaveText("48,399");
  await read.getByRole("button", { name: "Details of event-48399" }).click();
  await expect(read.getByRole("region", { name: "Body of event 48,399" })).toHaveText("399");
  await expectAccessible(page);
  await events.getByRole("button", { name: "Close" }).click();
  await expect(events.getByRole("heading")).toHaveCount(0);

  await page.goto("/event-hubs/refunds/consumer-groups/notify");
  await page.goto("/event-hubs/orders/consumer-groups/billing");
  await page.getByRole("button", { name: "Details of 0" }).click();
  const next = page.getByRole("button", { name: "Read this event: 48,500" });
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await expect(next).toHaveAttribute("data-tip", /has not come yet/);
});

test("a group overtaken by retention says how much is lost", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/archive");
  await expect(page.getByRole("main")).toContainText("156");
  await expect(page.getByRole("main")).toContainText(
    /All 4 partitions overtaken by retention\..*156 events past the checkpoints are deleted\./,
  );
  const row = page.getByRole("region", { name: "Partitions" }).getByRole("row").nth(1);
  await expect(row).toContainText(/\d deleted/);
});

test("an unusable range in the address is told, with what is shown in its place", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/fraud-check?tab=lag&range=zzz");
  const main = page.getByRole("main");
  await expect(main).toContainText(/can't be used: “zzz” is no range\. Shown instead: (last hour|since \d)/);
  await page.getByRole("button", { name: "6 h" }).click();
  await expect(main).toContainText("last 6 hours");
  await expect(main).not.toContainText("can't be used");
});

test("an unreadable checkpoint is named with its blob, and hides nothing", async ({ page }) => {
  await page.goto("/event-hubs/orders/consumer-groups/broken");
  await expect(page.getByRole("main")).toContainText(/can't be read|Unreadable/);
  await page.getByRole("button", { name: "Details of 0" }).click();
  await expect(page.getByRole("main")).toContainText("localhost/orders/broken/checkpoint/0");
});

test("broken blobs without a partition are named on the group's own page, with what to do about each", async ({
  page,
}) => {
  await page.goto("/event-hubs/orders/consumer-groups/broken");
  const main = page.getByRole("main");
  const blob = (name: string) => `localhost/orders/broken/checkpoint/${name}`;
  const blocking = reason("blockingBlobs", {
    checkpointBlobs: [blob("0")],
    ownershipBlobs: [],
    goneBlobs: [blob("31")],
    misnamedBlobs: [blob("a/b")],
  });
  await expect(main).toContainText(sentenceOf(blocking));
});

test("a diagnosis names the faulty blobs, and their stores", async ({ page }) => {
  await page.goto("/event-hubs/orders");
  await page.getByRole("main").getByRole("link", { name: "Diagnosis" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Diagnosis of orders");
  const failed = page.getByRole("listitem").filter({ hasText: "Failed" });
  await failed.getByText("By name").first().click();
  await expect(failed).toContainText("localhost/orders/broken/checkpoint/0");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^orders-diagnosis-\d{4}-\d\d-\d\dT\d{6}\.json$/);
  const exported = diagnosisSchema.parse(JSON.parse(await readText(await file.createReadStream())));
  const items = exported.checks.flatMap(({ state, items }) => (state === "fail" ? items : []));
  expect(items.join("\n")).toContain("localhost/orders/broken/checkpoint/0");
});

test("a group's lag is drawn in the page as it is sent, and each of its points can be read", async ({
  page,
}) => {
  const path = "/event-hubs/orders/consumer-groups/fraud-check";
  const drawn = /<figure aria-label="Lag, last [^"]+".*?<path d="M[^"]+V400Z"/s;
  await expect.poll(async () => (await page.request.get(path)).text()).toMatch(drawn);
  await page.goto(path);
  const chart = page.getByRole("figure", { name: /^Lag, last / });
  const box = await chart.boundingBox();
  if (box === null) throw new Error("The chart has no box.");
  await page.mouse.move(box.x + box.width - 20, box.y + 60);
  await expect(chart).toContainText(/1,000 events\s*UTC {2}\d{4}-\d\d-\d\d/);
  await page.mouse.move(0, 0);
  await expect(chart).not.toContainText("UTC");
});

test("a group's lag over time can be narrowed to partitions, zoomed into and read as a table", async ({
  page,
}) => {
  await page.goto("/event-hubs/orders/consumer-groups/fraud-check");
  await page.getByRole("tab", { name: "Lag" }).click();
  await expect(page).toHaveURL(/[?&]tab=lag/);
  const chart = page.getByRole("img", { name: /^Lag over time/ });
  await expect(chart).toHaveAccessibleName(/At last 1,000 events/);
  await page.getByRole("button", { name: "Partitions" }).click();
  const partition = (id: string) => page.getByRole("button", { name: `Partition ${id}`, exact: true });
  await partition("1").click();
  await partition("3").click();
  await expect(page).toHaveURL(/[?&]partitions=1,3/);
  await expect(chart).toHaveAccessibleName(/At last: partition 1 200 events, partition 3 400 events/);
  await page.getByRole("button", { name: "As a table" }).click();
  const both = page.getByRole("region", { name: "Lag over time" }).getByRole("row");
  await expect(both.first()).toContainText(/Partition 1.*Partition 3/);
  await expect(both.filter({ hasText: "1,000" }).first()).toContainText(/200.*400/);
  await page.getByRole("button", { name: "As charts" }).click();
  await page
    .getByRole("group", { name: "Partitions to draw" })
    .getByRole("button", { name: "Partition 1" })
    .click();
  await expect(page).toHaveURL(/[?&]partitions=3/);
  await expect(chart).toHaveAccessibleName(/At last 400 events/);
  await page.getByRole("button", { name: "As a table" }).click();
  const rows = page.getByRole("region", { name: "Lag over time" }).getByRole("row");
  await expect(rows.filter({ hasText: "400" }).first()).toBeVisible();
  // A chosen length tells the time before the watched time as unknown. The range is so long that the watched
  // time is a row or two, since the table has only rows in sight.
  await page.getByRole("button", { name: "24 h" }).click();
  await expect(page).toHaveURL(/[?&]range=24h/);
  await expect(rows.filter({ hasText: "not known" }).first()).toBeAttached();
  await page.getByRole("button", { name: "15 m" }).click();
  await expect(page).toHaveURL(/[?&]range=15m/);
  await page.getByRole("button", { name: "As charts" }).click();
  const box = await chart.locator(".recharts-surface").first().boundingBox();
  if (box === null) throw new Error("The chart has no box.");
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60);
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60);
  await page.mouse.up();
  await expect(page).toHaveURL(/[?&]from=2.*Z&to=2.*Z/);
  await expect(page.getByRole("button", { name: "15 m" })).toHaveAttribute("aria-pressed", "false");
  // Ranges are no steps: the back button leads to the tab that was open before, whatever was looked at here.
  await page.goBack();
  await expect(page).toHaveURL(/\/fraud-check$/);
  await expect(page.getByRole("tab", { name: "Partitions" })).toHaveAttribute("aria-selected", "true");
});

test.describe("before the next refresh", () => {
  test.use({ ignoredComplaints: /net::ERR_FAILED/ });

  test("a group's past comes with the page, and a short watched time is told as such", async ({ page }) => {
    await page.route("**/api/v1/stream*", (route) => route.abort());
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto("/event-hubs/orders/consumer-groups/fraud-check?tab=lag&range=6h");
    await expect(page.getByRole("main")).toContainText(/Watched since .*: no data before that/);
    expect(asked.filter((path) => path.endsWith("/history"))).toEqual([]);
    await page.getByRole("button", { name: "Show from there" }).click();
    await expect(page).toHaveURL(/[?&]from=2.*Z/);
    await expect(page.getByRole("main")).not.toContainText("Watched since");
  });
});

test.describe("far from UTC", () => {
  test.use({ timezoneId: "Asia/Kolkata" });

  test("a past that comes with the page is told in the browser's own time", async ({ page, world }) => {
    await world.own("orders", "billing", "0", "billing-9");
    for (const tab of ["owners", "lag"]) {
      await page.goto(`/event-hubs/orders/consumer-groups/billing?tab=${tab}&range=6h`);
      // Each against its own moment, in one look: a change that comes meanwhile stands above the others.
      const foreign = () =>
        page
          .getByRole("main")
          .locator("time[data-at]", { hasText: /\d\d:\d\d:\d\d/ })
          .evaluateAll((times) => {
            const isLocal = ({ textContent, dataset: { at = "" } }: (typeof times)[number]) =>
              textContent.includes(new Date(at).toTimeString().slice(0, 8));
            return times.length === 0 ? null : times.filter((time) => !isLocal(time)).length;
          });
      await expect.poll(foreign).toBe(0);
    }
  });

  test("one switch turns the times of every page, its table heads and its files to UTC, and is kept", async ({
    page,
  }) => {
    const table = "/event-hubs/orders/consumer-groups/fraud-check?tab=lag&range=15m";
    await page.goto(table);
    await page.getByRole("button", { name: "As a table" }).click();
    const main = page.getByRole("main");
    await expect(main.getByRole("columnheader", { name: "From (Asia/Calcutta)" })).toBeVisible();
    // Text and moment in one look: each refresh may bring another first row.
    const hours = () =>
      main
        .getByRole("table")
        .locator("time")
        .first()
        .evaluate((time: HTMLTimeElement) => {
          const told = Date.parse(`${time.textContent}Z`);
          return (told - Date.parse(`${time.dateTime.slice(0, 19)}Z`)) / 3_600_000;
        });
    expect(await hours()).toBe(5.5);
    await page.getByRole("button", { name: "Time zone" }).click();
    await page.getByRole("menuitemradio", { name: "UTC" }).click();
    await expect(main.getByRole("columnheader", { name: "From (UTC)" })).toBeVisible();
    expect(await hours()).toBe(0);
    const file = page.waitForEvent("download");
    await main.getByRole("button", { name: "CSV" }).click();
    expect(await readText(await (await file).createReadStream())).toMatch(/^From \(UTC\),/);
    await page.goto("/event-hubs/orders/consumer-groups/fraud-check?tab=owners");
    await expect(main.getByRole("columnheader", { name: "When (UTC)" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Time zone" })).toHaveText(/UTC/);
  });
});

test("a name with a percent sign is the name in the title", async ({ page, world }) => {
  await world.checkpoint("orders", "50%25 done", "0", 48_100);
  await expect(async () => {
    await page.goto(`/event-hubs/orders/consumer-groups/${encodeURIComponent("50%25 done")}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("50%25 done", { timeout: 100 });
  }).toPass();
  await expect(page).toHaveTitle("50%25 done on orders · Tidemark");
});

test("a missing address has a page that says so", async ({ page }) => {
  const response = await page.goto("/event-hubs/orders/consumer-groups/nobody");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("main")).toContainText(/page not found/i);
  await expect(page.getByRole("link", { name: /all consumer groups/i }).first()).toBeVisible();
  const help = page.getByRole("main").getByRole("link", { name: "Help" });
  await expect(help).toHaveAttribute("href", "/help/reasons#notfound");
});
test.use({ ignoredComplaints: /404 \(Not Found\)/ });
