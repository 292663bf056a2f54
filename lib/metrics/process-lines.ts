import { type Histogram, Registry } from "prom-client";
import { type Lines, linesOf, renderLines } from "./exposition.ts";
import type { Samples } from "./families.ts";

export async function processLines(samples: Samples, durations: Histogram): Promise<Lines> {
  const registry = new Registry();
  registry.registerMetric(durations);
  const text = await registry.getSingleMetricAsString("tidemark_refresh_duration_seconds");
  const lines = await renderLines([samples]);
  return new Map([...lines, ["tidemark_refresh_duration_seconds", [linesOf(text)]]]);
}
