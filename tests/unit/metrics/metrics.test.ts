import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { families, familyNames } from "#lib/metrics/families.ts";
import { readExposition, textOf, valuesOf } from "#tests/support/exposition.ts";
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

const namespace = "contoso.servicebus.windows.net";
const inHub = { eventhubs_namespace: namespace, eventhub: "orders" };
const billing = { ...inHub, consumergroup: "billing", store: "main" };
const fails = () => Promise.reject(new AppError("azureUnreachable", "Nobody answers."));

const hub = async () => hubReading([properties("0"), properties("1", { beginningSequenceNumber: 40 })]);
const stored = (checkpoints = [checkpoint("0", 89)], owners = [ownership("0", "processor-a")]) =>
  storedGroup("billing", checkpoints, owners);
const store = async () => storeReading([stored()]);

async function worldOf(
  options: ConstructorParameters<typeof MeteredWorld>[0] = {},
  sources = { hub, main: store },
) {
  const world = new MeteredWorld(options);
  const orders = world.addHub();
  await orders.refresh(sources.hub, { main: sources.main });
  return { world, orders };
}

describe("a hub's metrics", () => {
  it("have its figures, each with its labels", async () => {
    const { world } = await worldOf();
    const text = await world.metrics.text();
    const first = { ...billing, partition: "0" };
    const expected: [string, Record<string, string>, number][] = [
      ["eventhubs_consumergroup_lag", first, 10],
      ["eventhubs_consumergroup_lag", { ...billing, partition: "1" }, 60],
      ["eventhubs_consumergroup_lag_sum", billing, 70],
      ["eventhubs_consumergroup_events_lost", first, 0],
      ["eventhubs_consumergroup_events_lost_total", first, 0],
      ["eventhubs_consumergroup_checkpoint_sequence_number", first, 89],
      ["eventhubs_consumergroup_checkpoint_timestamp_seconds", first, noon / 1000],
      ["eventhubs_consumergroup_owners", billing, 1],
      ["eventhubs_consumergroup_partition_owner_info", { ...first, owner: "processor-a" }, 1],
      ["eventhubs_consumergroup_owner_changes_total", billing, 0],
      ["eventhubs_consumergroup_resets_total", billing, 0],
      ["eventhubs_partition_last_enqueued_sequence_number", { ...inHub, partition: "0" }, 99],
      ["eventhubs_partition_beginning_sequence_number", { ...inHub, partition: "1" }, 40],
      ["eventhubs_partition_last_enqueued_timestamp_seconds", { ...inHub, partition: "0" }, noon / 1000],
      ["tidemark_last_success_timestamp_seconds", { hub: "orders" }, noon / 1000],
      ["tidemark_refresh_errors_total", { hub: "orders", source: "eventhub" }, 0],
      ["tidemark_refresh_errors_total", { hub: "orders", source: "store/main" }, 0],
    ];
    const series = readExposition(text);
    for (const [name, labels, value] of expected) expect(series).toContainEqual({ name, labels, value });
    expect(valuesOf(text, "tidemark_refresh_duration_seconds_count")).toEqual([1]);
  });

  it("have no sample for unknown values", async () => {
    const { world } = await worldOf();
    const text = await world.metrics.text();
    const second = { ...billing, partition: "1" };
    for (const name of [
      "eventhubs_consumergroup_checkpoint_sequence_number",
      "eventhubs_consumergroup_checkpoint_timestamp_seconds",
      "eventhubs_consumergroup_events_lost",
      "eventhubs_consumergroup_events_lost_total",
      "eventhubs_consumergroup_lag_seconds",
      "eventhubs_consumergroup_partition_owner_info",
    ]) {
      expect(valuesOf(text, name, second), name).toEqual([]);
    }
    expect(valuesOf(text, "eventhubs_consumergroup_time_to_catch_up_seconds")).toEqual([]);
    expect(valuesOf(text, "eventhubs_consumergroup_time_until_loss_seconds")).toEqual([]);
  });

  it("take a placeholder blob for no checkpoint", async () => {
    const created = { ...checkpoint("0", 0), format: "functions" as const, offset: null };
    const start = { ...checkpoint("1", 39), format: "eph" as const, offset: "-1" };
    const { world } = await worldOf({}, { hub, main: async () => storeReading([stored([created, start])]) });
    const text = await world.metrics.text();
    expect(valuesOf(text, "eventhubs_consumergroup_lag", billing)).toEqual([100, 60]);
    expect(valuesOf(text, "eventhubs_consumergroup_checkpoint_sequence_number")).toEqual([]);
    expect(valuesOf(text, "eventhubs_consumergroup_checkpoint_timestamp_seconds")).toEqual([]);
  });

  it("give the current status 1 and every other 0", async () => {
    const { world } = await worldOf();
    const series = readExposition(await world.metrics.text()).filter(
      ({ name }) => name === "eventhubs_consumergroup_status",
    );
    expect(Object.fromEntries(series.map(({ labels, value }) => [labels.status, value]))).toEqual({
      ok: 0,
      warn: 0,
      stall: 0,
      rewind: 0,
      stop: 0,
      unknown: 1,
    });
  });

  it("have exactly the documented families and types", async () => {
    const { world } = await worldOf();
    const text = textOf(await world.metrics.text());
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]);
    expect(types).toEqual(familyNames.map((name) => [name, families[name].type]));
    const known = new Set<string>(
      familyNames.flatMap((name) =>
        families[name].type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    );
    expect(readExposition(text).filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it("are told by group alone when partitions are switched off", async () => {
    const { world } = await worldOf(
      { partitionMetrics: false },
      {
        hub,
        main: async () => storeReading([stored([checkpoint("0", 89), checkpoint("1", 29)])]),
      },
    );
    const text = await world.metrics.text();
    expect(readExposition(text).filter(({ labels }) => "partition" in labels)).toEqual([]);
    expect(valuesOf(text, "eventhubs_consumergroup_lag_sum", billing)).toEqual([70]);
    // The second checkpoint is 10 events before the beginning.
    expect(valuesOf(text, "eventhubs_consumergroup_events_lost", billing)).toEqual([10]);
    // They had left before anybody looked.
    expect(valuesOf(text, "eventhubs_consumergroup_events_lost_total", billing)).toEqual([0]);
  });

  it("survive names that the format must escape", async () => {
    const name = 'b"il\\li\nng';
    const { world } = await worldOf({}, { hub, main: async () => storeReading([storedGroup(name, [])]) });
    const text = await world.metrics.text();
    expect(valuesOf(text, "eventhubs_consumergroup_owners", { consumergroup: name })).toEqual([0]);
  });
});

describe("a part that is gone", () => {
  it("disappears at the next refresh: partition, owner, group", async () => {
    const { world, orders } = await worldOf();
    await world.metrics.text();
    await orders.refresh(async () => hubReading([properties("0")]), {
      main: async () => storeReading([stored([checkpoint("0", 89)], [ownership("0", "processor-b")])]),
    });
    let text = await world.metrics.text();
    expect(valuesOf(text, "eventhubs_consumergroup_lag")).toEqual([10]);
    expect(valuesOf(text, "eventhubs_partition_last_enqueued_sequence_number")).toEqual([99]);
    const owners = readExposition(text).filter(({ name }) => name.endsWith("_owner_info"));
    expect(owners.map(({ labels }) => labels.owner)).toEqual(["processor-b"]);

    await orders.refresh(hub, { main: async () => storeReading([]) });
    text = await world.metrics.text();
    expect(readExposition(text).filter(({ name }) => name.startsWith("eventhubs_consumergroup"))).toEqual([]);
  });

  it("includes a hub that is no longer watched, with all series", async () => {
    const { world, orders } = await worldOf();
    expect(valuesOf(await world.metrics.text(), "eventhubs_consumergroup_lag_sum")).toEqual([70]);
    world.removeHub(orders);
    const left = readExposition(await world.metrics.text()).map(({ name }) => name);
    const ofProcess = /^tidemark_(refresh_duration_seconds|azure_requests_total)/;
    expect(left.filter((name) => !ofProcess.test(name))).toEqual([]);
  });
});

describe("a hub or a store that fails", () => {
  const minutes = (count: number) => count * 60_000;
  const lag = async (world: MeteredWorld) =>
    valuesOf(await world.metrics.text(), "eventhubs_consumergroup_lag_sum");

  it("keeps its last figures for five minutes, with the age of their reading, and then none", async () => {
    const { world, orders } = await worldOf();
    world.now = noon + minutes(5);
    await orders.refresh(fails, { main: store });
    expect(await lag(world)).toEqual([70]);
    const text = await world.metrics.text();
    expect(valuesOf(text, "tidemark_last_success_timestamp_seconds")).toEqual([noon / 1000]);
    expect(valuesOf(text, "tidemark_refresh_errors_total", { source: "eventhub" })).toEqual([1]);
    expect(valuesOf(text, "tidemark_refresh_errors_total", { source: "store/main" })).toEqual([0]);

    world.now += 1;
    await orders.refresh(fails, { main: store });
    const later = await world.metrics.text();
    expect(await lag(world)).toEqual([]);
    expect(valuesOf(later, "eventhubs_partition_last_enqueued_sequence_number")).toEqual([]);
    expect(valuesOf(later, "eventhubs_consumergroup_status", { status: "unknown" })).toEqual([1]);
    // The store answers, so owners are known as ever.
    expect(valuesOf(later, "eventhubs_consumergroup_owners")).toEqual([1]);
    expect(valuesOf(later, "tidemark_refresh_errors_total", { source: "eventhub" })).toEqual([2]);
  });

  it("keeps them for three refreshes when these are a quarter of an hour apart", async () => {
    const { world, orders } = await worldOf({ refreshSeconds: 900 });
    world.now = noon + minutes(45);
    await orders.refresh(fails, { main: fails });
    expect(await lag(world)).toEqual([70]);
    world.now += 1;
    await orders.refresh(fails, { main: fails });
    expect(await lag(world)).toEqual([]);
    expect(valuesOf(await world.metrics.text(), "eventhubs_consumergroup_owners")).toEqual([]);
  });

  it("has no sample of owners, rather than 0, while its store was never read", async () => {
    const world = new MeteredWorld();
    await world.addHub({ consumerGroups: ["billing"] }).refresh(hub, { main: fails });
    const text = await world.metrics.text();
    expect(valuesOf(text, "eventhubs_consumergroup_owners")).toEqual([]);
    expect(valuesOf(text, "eventhubs_consumergroup_status", { status: "unknown" })).toEqual([1]);
    expect(valuesOf(text, "tidemark_last_success_timestamp_seconds")).toEqual([]);
    expect(valuesOf(text, "tidemark_refresh_errors_total", { source: "store/main" })).toEqual([1]);
  });

  it("counts a failing store as such on a dashboard that adopts the snapshot, too", async () => {
    const { world, orders } = await worldOf();
    await orders.refresh(hub, { main: fails });
    const adopting = new MeteredWorld();
    adopting.addHub();
    await adopting.metrics.takeIn(JSON.parse(JSON.stringify({ ...orders.snapshot, evidence: null })));
    for (const { metrics } of [world, adopting]) {
      const text = await metrics.text();
      expect(valuesOf(text, "tidemark_refresh_errors_total", { source: "eventhub" })).toEqual([0]);
      expect(valuesOf(text, "tidemark_refresh_errors_total", { source: "store/main" })).toEqual([1]);
    }
  });

  it("counts the dashboard's own faults apart", async () => {
    const { world } = await worldOf();
    await world.metrics.text();
    world.metrics.countFault("orders");
    const text = await world.metrics.text();
    expect(valuesOf(text, "tidemark_refresh_errors_total", { hub: "orders", source: "dashboard" })).toEqual([
      1,
    ]);
    expect(valuesOf(text, "eventhubs_consumergroup_lag_sum")).toEqual([70]);
  });
});

it("keeps two entries of one event hub apart, and tells its partitions once", async () => {
  const world = new MeteredWorld();
  for (const id of ["orders", "orders-eu"]) await world.addHub({ id }).refresh(hub, { main: store });
  const series = readExposition(await world.metrics.text());
  const sums = series.filter(({ name }) => name === "eventhubs_consumergroup_lag_sum");
  expect(sums.map(({ labels }) => labels.store)).toEqual(["main", "orders-eu/main"]);
  expect(series.filter(({ name }) => name === "eventhubs_partition_beginning_sequence_number")).toHaveLength(
    2,
  );
});
