import { type HrTime, ValueType } from "@opentelemetry/api";
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  InstrumentType,
  type MetricData,
} from "@opentelemetry/sdk-metrics";
import { turns } from "#lib/core/pause.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";
import { type FamilyName, families, familyNames, type Sample } from "./families.ts";
import type { Durations, Metrics } from "./metrics.ts";

type Resource = CollectionResult["resourceMetrics"]["resource"];

const scope = { name: "tidemark" };
const histogram = "tidemark_refresh_duration_seconds" satisfies FamilyName;

export interface MetricProducerOptions {
  metrics: Pick<Metrics, "samples" | "durations">;
  resource: Resource;
  temporality: (instrument: InstrumentType) => AggregationTemporality;
  clock: Clock;
}

/**
 * Hands the last refreshes to OpenTelemetry's SDK. Its own observable instruments would keep reporting series
 * that are gone and drop those past 2,000.
 */
export class SnapshotProducer {
  readonly #options: MetricProducerOptions;
  readonly #startedAt: EpochMs;
  #reported = new Map<string, number>();
  #durations: Durations | null = null;
  #reportedAt: EpochMs;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: MetricProducerOptions) {
    this.#options = options;
    this.#startedAt = options.clock();
    this.#reportedAt = this.#startedAt;
  }

  /** In turn: the SDK's flush at the end may come while another goes on, and would count the same changes. */
  collect(): Promise<CollectionResult> {
    const turn = this.#last.then(() => this.#collect());
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #collect(): Promise<CollectionResult> {
    const { metrics, resource, clock } = this.#options;
    const now = clock();
    const parts = await metrics.samples();
    const durations = await metrics.durations();
    const isDelta = this.#isDelta(InstrumentType.COUNTER);
    const reported = new Map<string, number>();
    const rest = turns();
    const all: MetricData[] = [];
    for (const name of familyNames) {
      await rest();
      const samples = parts.flatMap((part) => part.get(name) ?? []);
      if (samples.length === 0) continue;
      if (families[name].type === "gauge") {
        all.push(gaugeData(name, samples, now));
        continue;
      }
      const points = isDelta ? this.#since(name, samples, reported) : samples;
      all.push(this.#counterData(name, points, isDelta, now));
    }
    this.#reported = reported;
    all.push(this.#durationData(durations, now));
    this.#reportedAt = now;
    return {
      resourceMetrics: { resource, scopeMetrics: [{ scope, metrics: all }] },
      errors: [],
    };
  }

  #isDelta(instrument: InstrumentType): boolean {
    return this.#options.temporality(instrument) === AggregationTemporality.DELTA;
  }

  #since(name: FamilyName, samples: readonly Sample[], reported: Map<string, number>): Sample[] {
    return samples.map(({ labels, value }) => {
      const key = JSON.stringify([name, labels]);
      const before = this.#reported.get(key) ?? 0;
      reported.set(key, value);
      return { labels, value: value < before ? value : value - before };
    });
  }

  #counterData(name: FamilyName, samples: readonly Sample[], isDelta: boolean, now: EpochMs): MetricData {
    return {
      descriptor: descriptor(name),
      aggregationTemporality: isDelta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.SUM,
      isMonotonic: true,
      dataPoints: points(samples, isDelta ? this.#reportedAt : this.#startedAt, now),
    };
  }

  #durationData(durations: Durations, now: EpochMs): MetricData {
    const isDelta = this.#isDelta(InstrumentType.HISTOGRAM);
    const before = isDelta ? this.#durations : null;
    this.#durations = durations;
    const counts = durations.counts.map((count, index) => count - (before?.counts[index] ?? 0));
    const value = {
      buckets: { boundaries: [...durations.bounds], counts },
      sum: durations.sum - (before?.sum ?? 0),
      count: counts.reduce((sum, count) => sum + count, 0),
    };
    const from = isDelta ? this.#reportedAt : this.#startedAt;
    return {
      descriptor: descriptor(histogram),
      aggregationTemporality: isDelta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: [{ startTime: toHrTime(from), endTime: toHrTime(now), attributes: {}, value }],
    };
  }
}

function gaugeData(name: FamilyName, samples: readonly Sample[], now: EpochMs): MetricData {
  return {
    descriptor: descriptor(name),
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.GAUGE,
    dataPoints: points(samples, now, now),
  };
}

function points(samples: readonly Sample[], from: EpochMs, to: EpochMs): DataPoint<number>[] {
  const [startTime, endTime] = [toHrTime(from), toHrTime(to)];
  return samples.map(({ labels, value }) => ({ startTime, endTime, attributes: labels, value }));
}

/** Counts have no unit: `1` would rename them to `…_ratio` on the way to Prometheus. */
function descriptor(name: FamilyName): MetricData["descriptor"] {
  return {
    name,
    description: families[name].help,
    unit: name.endsWith("_seconds") ? "s" : "",
    valueType: ValueType.DOUBLE,
  };
}

function toHrTime(at: EpochMs): HrTime {
  return [Math.floor(at / 1000), Math.round((at % 1000) * 1e6)];
}
