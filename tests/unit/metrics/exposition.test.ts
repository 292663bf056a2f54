import { Gauge, Registry } from "prom-client";
import { expect, it } from "vitest";
import { linesOf, renderLines } from "#lib/metrics/exposition.ts";
import type { Sample } from "#lib/metrics/families.ts";

const name = "eventhubs_consumergroup_lag";
const odd = ["", "billing", 'a "quoted" one', "back\\slash", "two\nlines", "\\n", "ünï çødé", "{},="];

async function byPromClient(samples: readonly Sample[]): Promise<string> {
  const registry = new Registry();
  const gauge = new Gauge({
    name,
    help: "x",
    labelNames: ["consumergroup", "partition"],
    registers: [registry],
  });
  for (const { labels, value } of samples) gauge.set(labels, value);
  return Buffer.from(linesOf(await registry.getSingleMetricAsString(name))).toString();
}

const written = async (samples: readonly Sample[]) =>
  Buffer.concat((await renderLines(new Map([[name, samples]]))).get(name) ?? []).toString();

it("writes labels and values as prom-client does", async () => {
  const values = [0, -1, 1.5, 1e21, 1e-7, 1_790_000_000.123, Number.MAX_SAFE_INTEGER];
  const samples = odd.flatMap((consumergroup) =>
    values.map((value, partition) => ({ labels: { consumergroup, partition: String(partition) }, value })),
  );
  expect(await written(samples)).toBe(await byPromClient(samples));
  expect(await written([{ labels: {}, value: 3 }])).toBe(await byPromClient([{ labels: {}, value: 3 }]));
});

it("writes each series once where a family takes several turns", async () => {
  const samples = Array.from({ length: 4_500 }, (_, index) => ({
    labels: { partition: String(index) },
    value: index,
  }));
  expect(await written(samples)).toBe(await byPromClient(samples));
});
