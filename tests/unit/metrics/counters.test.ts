import { expect, it } from "vitest";
import type { Reset } from "#lib/api/resets.ts";
import { azureRequests, countAzureRequest } from "#lib/core/azure-requests.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { valuesOf } from "#tests/support/exposition.ts";
import {
  checkpoint,
  hubReading,
  noon,
  ownership,
  properties,
  storedGroup,
  storeReading,
} from "#tests/support/fixtures/sources.ts";
import { MeteredWorld } from "#tests/support/proxies/metered.ts";

const everySeconds = 10;
const hub = async () => hubReading([properties("0"), properties("1")]);

async function countsOf(looks: readonly (readonly StoredOwnership[])[]): Promise<number[]> {
  const world = new MeteredWorld({ refreshSeconds: everySeconds });
  const orders = world.addHub({ ownershipExpirationSeconds: 60 });
  const counts: number[] = [];
  for (const owners of looks) {
    const at = world.now;
    const main = async () => storeReading([storedGroup("billing", [checkpoint("0", 89)], owners)], at);
    await orders.refresh(hub, { main });
    counts.push(
      ...valuesOf(await world.metrics.text(), "eventhubs_consumergroup_owner_changes_total", {
        consumergroup: "billing",
      }),
    );
    world.now += everySeconds * 1000;
  }
  return counts;
}

const at = (look: number) => noon + look * everySeconds * 1000;

it("counts claimed, stolen and released partitions from the second look on", async () => {
  expect(
    await countsOf([
      [ownership("0", "a", at(0))],
      [ownership("0", "a", at(1)), ownership("1", "b", at(1))],
      [ownership("0", "b", at(2)), ownership("1", "b", at(2))],
      [ownership("0", "b", at(3)), ownership("1", "", at(3))],
      [ownership("0", "b", at(4)), ownership("1", "", at(3))],
    ]),
  ).toEqual([0, 1, 2, 3, 3]);
});

it("counts an owner that expires, and the one that follows", async () => {
  const silent = Array.from({ length: 7 }, () => [ownership("0", "a", at(0))]);
  expect(await countsOf([...silent, [ownership("0", "b", at(7))]])).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
});

it("starts anew for a group that was gone", async () => {
  const world = new MeteredWorld();
  const orders = world.addHub();
  const look = async (owner: string | null) => {
    const groups = owner === null ? [] : [storedGroup("billing", [], [ownership("0", owner, world.now)])];
    await orders.refresh(hub, { main: async () => storeReading(groups, world.now) });
    world.now += everySeconds * 1000;
    return valuesOf(await world.metrics.text(), "eventhubs_consumergroup_owner_changes_total");
  };
  expect([await look("a"), await look("b"), await look(null), await look("c")]).toEqual([[0], [1], [], [0]]);
});

const reset = (id: string, over: Partial<Reset> = {}): Reset => ({
  id,
  planId: `plan-${id}`,
  hub: "orders",
  group: "Billing",
  store: "main",
  mode: "offline",
  target: { kind: "earliest" },
  state: "done",
  actor: "somebody",
  startedAt: new Date(noon).toISOString(),
  endedAt: new Date(noon).toISOString(),
  watchedUntil: null,
  reason: null,
  entries: [],
  ...over,
});

it("counts each ended reset once, under its group", async () => {
  const world = new MeteredWorld();
  const orders = world.addHub();
  const refresh = () => orders.refresh(hub, { main: async () => storeReading([storedGroup("billing", [])]) });
  await refresh();
  world.metrics.noteReset(reset("one", { state: "running", endedAt: null }));
  world.metrics.noteReset(reset("one"));
  world.metrics.noteReset(reset("one"));
  world.metrics.noteReset(reset("two", { state: "failed" }));
  world.metrics.noteReset(reset("elsewhere", { group: "audit" }));
  world.metrics.noteReset(reset("nowhere", { hub: "unknown" }));
  await refresh();
  const count = async () => valuesOf(await world.metrics.text(), "eventhubs_consumergroup_resets_total");
  expect(await count()).toEqual([2]);
  await refresh();
  expect(await count()).toEqual([2]);
});

it("counts a reset that ends before the hub's first refresh here, and none from before the start", async () => {
  const world = new MeteredWorld();
  const orders = world.addHub();
  // Told again after a restart while it is watched.
  world.metrics.noteReset(reset("before", { endedAt: new Date(noon - 1_000).toISOString() }));
  world.metrics.noteReset(reset("at once"));
  await orders.refresh(hub, { main: async () => storeReading([storedGroup("billing", [])]) });
  world.metrics.noteReset(reset("before", { endedAt: new Date(noon - 1_000).toISOString() }));
  await orders.refresh(hub, { main: async () => storeReading([storedGroup("billing", [])]) });
  const text = await world.metrics.text();
  expect(valuesOf(text, "eventhubs_consumergroup_resets_total")).toEqual([1]);
});

it("reports every kind of request", async () => {
  const before = azureRequests().find(({ operation }) => operation === "getBlob")?.count ?? 0;
  countAzureRequest("storage", "getBlob");
  countAzureRequest("storage", "getBlob");
  const text = await new MeteredWorld().metrics.text();
  const labels = { service: "storage", operation: "getBlob" };
  expect(valuesOf(text, "tidemark_azure_requests_total", labels)).toEqual([before + 2]);
});
