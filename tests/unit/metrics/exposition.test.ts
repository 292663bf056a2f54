import { Gauge, Registry } from "prom-client";
import { expect, it } from "vitest";
import { linesOf, renderLines } from "#lib/metrics/exposition.ts";
import type { Sample, Samples } from "#lib/metrics/families.ts";

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
  Buffer.concat((await renderLines([new Map([[name, samples]])])).get(name) ?? []).toString();

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

it("makes a part when those before it are written, and lets others run meanwhile", async () => {
  let turns = 0;
  const others = () => {
    turns += 1;
    immediate = setImmediate(others);
  };
  let immediate = setImmediate(others);
  const madeAfter: number[] = [];
  const parts = function* (): Generator<Samples> {
    for (let part = 0; part < 4; part += 1) {
      madeAfter.push(turns);
      yield new Map([
        [
          name,
          Array.from({ length: 2_000 }, (_, value) => ({ labels: { partition: `${part}-${value}` }, value })),
        ],
      ]);
    }
  };
  await renderLines(parts());
  clearImmediate(immediate);
  expect(madeAfter[0]).toBe(0);
  expect(madeAfter[3]).toBeGreaterThan(madeAfter[2] ?? 0);
});
