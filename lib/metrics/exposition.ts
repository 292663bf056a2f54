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
 * The lines of each family that has any, in Prometheus' text format, without the family's head. As bytes: an
 * answer of megabytes is put together of them at each scrape.
 */
export type Lines = ReadonlyMap<FamilyName, Uint8Array>;

/** After so many series other work comes first for a moment: prom-client writes a thousand in about 3 ms. */
const seriesAtOnce = 2_000;

/** Writes samples as text. A small hub's are written at one go, without anything else coming between. */
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

/** Whether `renderLines` writes them without a rest. */
export function rendersAtOnce(samples: Samples): boolean {
  let series = 0;
  for (const list of samples.values()) series += list.length;
  return series <= seriesAtOnce;
}

/** The whole answer: every family once, with its head and the lines of all `parts`. */
export function joinLines(parts: readonly Lines[]): Uint8Array<ArrayBuffer> {
  return Buffer.concat(
    familyNames.flatMap((name) => [
      headOf(name),
      ...parts.map((part) => part.get(name)).filter((lines) => lines !== undefined),
    ]),
  );
}

/** A metric's text as prom-client writes it, without its head. */
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

// Metrics that answer given samples as they are: setting them one by one would take as long again.
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
