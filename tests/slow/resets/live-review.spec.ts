import { setTimeout as sleep } from "node:timers/promises";
import type { Reset, ResetPlan } from "#lib/api/resets.ts";
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

test("does not renew a review because of the writes of its own reset, applied elsewhere", async ({
  page,
}) => {
  const heard = Promise.withResolvers<void>();
  await page.goto(
    "/event-hubs/orders/consumer-groups/other/reset?store=main&target=shift&shift=-1&partitions=2-3",
  );
  await page.route("**/api/v1/stream*", async (route) => {
    await heard.promise;
    await route.continue();
  });
  const made: string[] = [];
  page.on("response", async (response) => {
    if (response.request().method() === "POST" && response.url().includes("/resets/preview"))
      made.push(((await response.json()) as ResetPlan).planId);
  });
  await page.getByRole("button", { name: "Review" }).click();
  await expect(page).toHaveURL(/\/resets\/plans\//);
  await expect.poll(() => made).toHaveLength(1);
  const plan = `/api/v1/reset-plans/${made[0]}`;
  const data = { planId: made[0], confirm: "other" };
  const applied = await page.request.post(
    "/api/v1/event-hubs/orders/consumer-groups/other/resets?store=main",
    {
      data,
    },
  );
  const { id } = (await applied.json()) as Reset;
  const state = async () => ((await (await page.request.get(`/api/v1/resets/${id}`)).json()) as Reset).state;
  await expect.poll(state).toBe("done");

  const { createdAt } = (await (await page.request.get(plan)).json()) as ResetPlan;
  await expect.poll(() => Date.now() - Date.parse(createdAt), renewing).toBeGreaterThan(10_500);
  // What tells that it was applied comes long after the group's new checkpoints.
  await page.route(`**${plan}`, async (route) => {
    await sleep(2_000);
    await route.continue();
  });
  heard.resolve();
  await expect(page.getByRole("main")).toContainText("Applied at");
  expect(made).toHaveLength(1);
});

test("says of a planned skip that the group has passed the event meanwhile, and applies it no more", async ({
  page,
  resetWorld,
}) => {
  const skip = "/api/v1/event-hubs/orders/consumer-groups/recorded/partitions/3/skip/preview?store=main";
  const data = { sequenceNumber: 48_400, mode: "live" };
  const answer = await page.request.post(skip, { data });
  expect(answer.status()).toBe(200);
  const { planId } = (await answer.json()) as ResetPlan;
  await page.goto(`/resets/plans/${planId}`);
  const event = page.getByRole("region", { name: "Skipped event" });
  await expect(event).toContainText("Will skip event 48,400");
  await page.getByRole("textbox", { name: /to confirm/ }).fill("recorded");
  const apply = page.getByRole("button", { name: /^Apply to 1 partition/ });
  await expect(apply).not.toHaveAttribute("aria-disabled", renewing);
  await resetWorld.checkpoint("orders", "recorded", "3", 48_420);
  await expect(event).toContainText("The group has passed the event meanwhile: there is nothing to skip.");
  await expect(apply).toHaveAttribute("aria-disabled", "true");
  await expect(apply).toHaveAttribute("data-tip", /passed the event meanwhile/);
});
