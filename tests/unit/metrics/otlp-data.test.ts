import { emptyResource } from "@opentelemetry/resources";
import { AggregationTemporality, DataPointType, type MetricData } from "@opentelemetry/sdk-metrics";
import { expect, it } from "vitest";
import type { FamilyName, Sample, Samples } from "#lib/metrics/families.ts";
import { SnapshotProducer } from "#lib/metrics/otlp-data.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

const bounds = [1, 5];
const changes = "eventhubs_consumergroup_owner_changes_total" satisfies FamilyName;
const lag = "eventhubs_consumergroup_lag" satisfies FamilyName;

function producer(temporality: AggregationTemporality) {
  const world = { samples: [] as Samples[], counts: [0, 0, 0], sum: 0, now: noon, isFailing: false };
  const made = new SnapshotProducer({
    metrics: {
      samples: async () => world.samples,
      durations: async () => {
        if (world.isFailing) throw new Error("stopped");
        return { bounds, counts: world.counts, sum: world.sum };
      },
    },
    resource: emptyResource(),
    temporality: () => temporality,
    clock: () => world.now,
  });
  const collect = async (): Promise<Map<string, MetricData>> => {
    world.now += 60_000;
    const { resourceMetrics } = await made.collect();
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return new Map(metrics.map((metric) => [metric.descriptor.name, metric]));
  };
  return { world, collect };
}

const sample = (group: string, value: number): Sample => ({ labels: { consumergroup: group }, value });
const values = (metric: MetricData | undefined) =>
  (metric?.dataPoints ?? []).map(({ attributes, value }) => [attributes.consumergroup, value]);

it("passes on exactly the current series, however many", async () => {
  const { world, collect } = producer(AggregationTemporality.CUMULATIVE);
  const many = Array.from({ length: 5_000 }, (_, index) => sample(`group-${index}`, index));
  world.samples = [new Map([[lag, many.slice(0, 2_000)]]), new Map([[lag, many.slice(2_000)]])];
  const first = (await collect()).get(lag);
  expect(first?.dataPoints).toHaveLength(5_000);
  expect(first?.dataPointType).toBe(DataPointType.GAUGE);
  world.samples = [new Map([[lag, [sample("group-7", 3)]]])];
  expect(values((await collect()).get(lag))).toEqual([["group-7", 3]]);
  world.samples = [new Map()];
  expect((await collect()).has(lag)).toBe(false);
});

it("reports counts since the start, or since the last report on request", async () => {
  const cumulative = producer(AggregationTemporality.CUMULATIVE);
  const delta = producer(AggregationTemporality.DELTA);
  const told: unknown[][] = [];
  for (const { world, collect } of [cumulative, delta]) {
    const each: unknown[] = [];
    for (const [a, b] of [
      [3, 1],
      [5, 1],
      [5, 0],
      [6, 2],
    ] as const) {
      world.samples = [new Map([[changes, [sample("a", a), sample("b", b)]]])];
      each.push(values((await collect()).get(changes)).map(([, value]) => value));
    }
    told.push(each);
  }
  expect(told[0]).toEqual([
    [3, 1],
    [5, 1],
    [5, 0],
    [6, 2],
  ]);
  expect(told[1]).toEqual([
    [3, 1],
    [2, 0],
    [0, 0],
    [1, 2],
  ]);
});

it("reports each change once, though two collect at a time or one fails", async () => {
  const { world, collect } = producer(AggregationTemporality.DELTA);
  const countsOf = (data: Map<string, MetricData>) => {
    const [point] = data.get("tidemark_refresh_duration_seconds")?.dataPoints ?? [];
    const durations = point?.value as { count: number } | undefined;
    return [values(data.get(changes)), durations?.count];
  };
  Object.assign(world, { samples: [new Map([[changes, [sample("a", 3)]]])], counts: [2, 0, 0] });
  const both = await Promise.all([collect(), collect()]);
  expect(both.map(countsOf)).toEqual([
    [[["a", 3]], 2],
    [[["a", 0]], 0],
  ]);
  Object.assign(world, { samples: [new Map([[changes, [sample("a", 4)]]])], isFailing: true });
  await expect(collect()).rejects.toThrow("stopped");
  world.isFailing = false;
  expect(countsOf(await collect())).toEqual([[["a", 1]], 0]);
});

it("tells the time range of a count", async () => {
  for (const [temporality, from] of [
    [AggregationTemporality.CUMULATIVE, noon],
    [AggregationTemporality.DELTA, noon + 60_000],
  ] as const) {
    const { world, collect } = producer(temporality);
    world.samples = [new Map([[changes, [sample("a", 1)]]])];
    await collect();
    const [point] = (await collect()).get(changes)?.dataPoints ?? [];
    expect(point?.startTime).toEqual([from / 1000, 0]);
    expect(point?.endTime).toEqual([(noon + 120_000) / 1000, 0]);
  }
});

it("passes on the refreshes' durations as a histogram", async () => {
  for (const temporality of [AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA]) {
    const { world, collect } = producer(temporality);
    Object.assign(world, { counts: [2, 1, 0], sum: 4 });
    await collect();
    Object.assign(world, { counts: [2, 3, 1], sum: 19 });
    const [point] = (await collect()).get("tidemark_refresh_duration_seconds")?.dataPoints ?? [];
    const isDelta = temporality === AggregationTemporality.DELTA;
    expect(point?.value).toEqual({
      buckets: { boundaries: bounds, counts: isDelta ? [0, 2, 1] : [2, 3, 1] },
      sum: isDelta ? 15 : 19,
      count: isDelta ? 3 : 6,
    });
  }
});
