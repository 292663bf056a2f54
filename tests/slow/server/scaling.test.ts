import { afterAll, beforeAll, expect, it } from "vitest";
import { type Polled, pollMetricsApi } from "#tests/support/fixtures/keda.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

let world: LocalWorld;
let dashboard: TestDashboard;
const start = () =>
  startDashboard({
    refreshSeconds: 1,
    eventHubs: [world.hubConfig("orders", { consumerGroups: ["billing"] })],
  });

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 2 }]);
  for (const partitionId of ["0", "1"]) {
    world.enqueue("orders", partitionId, 50);
    await world.checkpoint("orders", "billing", partitionId, 49);
  }
  dashboard = await start();
});
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

const path = "/api/v1/event-hubs/orders/consumer-groups/Billing/scaling";
async function poll(): Promise<Polled & { code?: string }> {
  const response = await fetch(dashboard.url + path).catch(() => null);
  if (response === null) return { error: "refused" };
  const body = await response.text();
  const polled = pollMetricsApi(response.status, body, { valueLocation: "lag" });
  return "error" in polled ? { ...polled, code: JSON.parse(body).error.code } : polled;
}

/**
 * Polls until the answer is `wanted`. Earlier ones must be among `meanwhile`, or too old: a busy machine
 * misses a refresh.
 */
async function reach(wanted: object, meanwhile: readonly object[]): Promise<void> {
  const allowed = [...meanwhile, { code: "figuresTooOld" }];
  const until = Date.now() + 20_000;
  for (;;) {
    const polled = await poll();
    if (isLike(polled, wanted)) return;
    expect(
      allowed.some((each) => isLike(polled, each)),
      JSON.stringify(polled),
    ).toBe(true);
    expect(Date.now(), `never ${JSON.stringify(wanted)}`).toBeLessThan(until);
  }
}
const isLike = (polled: object, wanted: object) =>
  Object.entries(wanted).every(([key, value]) => (polled as Record<string, unknown>)[key] === value);
const none = { value: 0, isActive: false };
const some = { value: 30, isActive: true };

it("gives a scaler a zero only when nothing is left to read, whatever fails", async () => {
  await reach(none, [{ code: "notReadYet" }]);
  world.enqueue("orders", "1", 30);
  await reach(some, [none]);

  const blob = world.container.getBlockBlobClient("localhost/orders/billing/checkpoint/1");
  await blob.setMetadata({ offset: "3136", sequencenumber: "not a number" });
  await reach({ code: "lagUnknown" }, [some]);
  await world.checkpoint("orders", "billing", "1", 49);
  await reach(some, [{ code: "lagUnknown" }]);

  await dashboard.end();
  dashboard = await start();
  await reach(some, [{ code: "notReadYet" }, { error: "refused" }]);

  await world.eventHubs.stop();
  await reach({ code: "figuresTooOld" }, [some]);
}, 120_000);
