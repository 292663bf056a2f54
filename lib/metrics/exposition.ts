import { setImmediate } from "node:timers/promises";
import { Counter, Gauge, Registry } from "prom-client";
import {
  type Family,
  type FamilyName,
  families,
  familyNames,
  type Sample,
  type Samples,
} from "./families.ts";

/**
 * Each family's lines in Prometheus' text format, without its head. Kept as bytes, since each scrape joins
 * megabytes of them.
 */
export type Lines = ReadonlyMap<FamilyName, Uint8Array>;

/** Other work runs after this many series: prom-client writes a thousand in about 3 ms. */
const seriesAtOnce = 2_000;

export async function renderLines(samples: Samples): Promise<Lines> {
  const lines = new Map<FamilyName, Uint8Array>();
  let sinceRest = 0;
  for (const [name, list] of samples) {
    if (list.length === 0) continue;
    if (sinceRest + list.length > seriesAtOnce && sinceRest > 0) {
      await setImmediate();
      sinceRest = 0;
    }
    sinceRest += list.length;
    lines.set(name, linesOf(await familyText(name, list)));
  }
  return lines;
}

export function rendersAtOnce(samples: Samples): boolean {
  let series = 0;
  for (const list of samples.values()) series += list.length;
  return series <= seriesAtOnce;
}

/** Joins the answer: each family once, with its head and the lines of all `parts`. */
export function joinLines(parts: readonly Lines[]): Uint8Array<ArrayBuffer> {
  return Buffer.concat(
    familyNames.flatMap((name) => [
      headOf(name),
      ...parts.map((part) => part.get(name)).filter((lines) => lines !== undefined),
    ]),
  );
}

export function linesOf(text: string): Uint8Array {
  return Buffer.from(`${text.slice(text.indexOf("\n", text.indexOf("\n") + 1) + 1)}\n`);
}

function headOf(name: FamilyName): Uint8Array {
  const { help, type } = families[name];
  return Buffer.from(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`);
}

function familyText(name: FamilyName, samples: readonly Sample[]): Promise<string> {
  const registry = new Registry();
  const family: Family = families[name];
  const settings = { name, help: family.help, labelNames: [...family.labels], registers: [] };
  registry.registerMetric(
    family.type === "counter" ? new SampleCounter(settings, samples) : new SampleGauge(settings, samples),
  );
  return registry.getSingleMetricAsString(name);
}

type Settings = { name: string; help: string; labelNames: string[]; registers: Registry[] };
type Values = Awaited<ReturnType<Gauge<string>["get"]>>;

// A metric that returns given samples as they are: setting them one by one would take twice as long.
class SampleGauge extends Gauge<string> {
  readonly #samples: readonly Sample[];
  constructor(settings: Settings, samples: readonly Sample[]) {
    super(settings);
    this.#samples = samples;
  }
  override async get(): Promise<Values> {
    return { ...(await super.get()), values: [...this.#samples] };
  }
}

class SampleCounter extends Counter<string> {
  readonly #samples: readonly Sample[];
  constructor(settings: Settings, samples: readonly Sample[]) {
    super(settings);
    this.#samples = samples;
  }
  override async get(): Promise<Values> {
    return { ...(await super.get()), values: [...this.#samples] };
  }
}
