import { Histogram } from "prom-client";
import type { Reset } from "#lib/api/resets.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import { azureRequests } from "#lib/core/azure-requests.ts";
import { turns } from "#lib/core/pause.ts";
import type { Clock, EpochMs } from "#lib/core/time.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { joinLines } from "./exposition.ts";
import { type FamilyName, families, type Sample, type Samples } from "./families.ts";
import { HubMetrics } from "./hub-metrics.ts";
import { processLines } from "./process-lines.ts";

/** Old figures are served at least this long, which is how far Prometheus looks back. */
const leastStaleMs = 5 * 60_000;
const staleRefreshes = 3;
const scrapedWithinMs = 5 * 60_000;
const rememberedResets = 1_000;
const durationBuckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];

export interface MetricsOptions {
  refreshSeconds: number;
  snapshots: () => readonly HubSnapshot[];
  partitionMetrics: (hubId: string) => boolean;
  configuration?: () => { isFaulty: boolean; readAt: EpochMs };
  clock?: Clock;
}

export interface Durations {
  bounds: readonly number[];
  counts: readonly number[];
  sum: number;
}

/** All metrics as of each hub's last finished refresh. Reading them causes no requests. */
export class Metrics {
  readonly #options: MetricsOptions;
  readonly #clock: Clock;
  readonly #hubs = new Map<string, HubMetrics>();
  readonly #endedResets = new Set<string>();
  readonly #durations = new Histogram({
    name: "tidemark_refresh_duration_seconds" satisfies FamilyName,
    help: families.tidemark_refresh_duration_seconds.help,
    buckets: durationBuckets,
    registers: [],
  });
  readonly #startedAt: EpochMs;
  #scrapedAt = Number.NEGATIVE_INFINITY;

  constructor(options: MetricsOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    this.#startedAt = this.#clock();
  }

  async takeIn(snapshot: HubSnapshot): Promise<void> {
    const { id } = snapshot.eventHub;
    const duration = snapshot.evidence?.durationSeconds;
    if (duration !== undefined) this.#durations.observe(duration);
    const { refreshSeconds, partitionMetrics } = this.#options;
    const hub = this.#hub(id);
    await hub.takeIn(snapshot, {
      now: this.#clock(),
      staleAfterMs: Math.max(leastStaleMs, staleRefreshes * refreshSeconds * 1000),
      partitionMetrics: partitionMetrics(id),
      ...this.#hubLabels(snapshot),
    });
    this.#prepare(hub);
  }

  countFault(hubId: string): void {
    const hub = this.#hub(hubId);
    hub.countFault();
    this.#prepare(hub);
  }

  /** Takes every step of every reset and counts each reset once, if it ended after these counts began. */
  noteReset({ id, hub, group, store, endedAt }: Reset): void {
    if (endedAt === null || Date.parse(endedAt) < this.#startedAt || this.#endedResets.has(id)) return;
    if (!this.#options.snapshots().some(({ eventHub }) => eventHub.id === hub)) return;
    this.#endedResets.add(id);
    const [oldest] = this.#endedResets;
    if (oldest !== undefined && this.#endedResets.size > rememberedResets) this.#endedResets.delete(oldest);
    // A reset may end before the hub's first refresh here.
    this.#hub(hub).countReset(store, group);
  }

  async text(): Promise<Uint8Array<ArrayBuffer>> {
    this.#scrapedAt = this.#clock();
    const hubs = await Promise.all(this.#watched().map((hub) => hub.lines()));
    return joinLines([...hubs, await processLines(this.#processSamples(), this.#durations)]);
  }

  async samples(): Promise<Samples[]> {
    const rest = turns();
    const all: Samples[] = [];
    for (const hub of this.#watched()) {
      for (const samples of hub.samples()) {
        all.push(samples);
        await rest();
      }
    }
    return [...all, this.#processSamples()];
  }

  async durations(): Promise<Durations> {
    const { values } = await this.#durations.get();
    const cumulative = values.filter(({ metricName }) => metricName?.endsWith("_bucket"));
    return {
      bounds: durationBuckets,
      counts: cumulative.map(({ value }, index) => value - (cumulative[index - 1]?.value ?? 0)),
      sum: values.find(({ metricName }) => metricName?.endsWith("_sum"))?.value ?? 0,
    };
  }

  #watched(): HubMetrics[] {
    const ids = this.#options.snapshots().map(({ eventHub }) => eventHub.id);
    for (const id of this.#hubs.keys()) if (!ids.includes(id)) this.#hubs.delete(id);
    return ids.map((id) => this.#hubs.get(id)).filter((hub) => hub !== undefined);
  }

  #hub(id: string): HubMetrics {
    const known = this.#hubs.get(id);
    if (known !== undefined) return known;
    const hub = new HubMetrics(id, this.#options.refreshSeconds);
    this.#hubs.set(id, hub);
    return hub;
  }

  #prepare(hub: HubMetrics): void {
    if (this.#clock() - this.#scrapedAt > scrapedWithinMs) hub.forgetText();
    else void hub.prepare();
  }

  /** Two entries of the configuration may be one event hub, but no series may occur twice. */
  #hubLabels({ eventHub }: HubSnapshot) {
    const all = this.#options.snapshots().map((snapshot) => snapshot.eventHub);
    const address = hubAddress(eventHub);
    const before = all.slice(
      0,
      all.findIndex(({ id }) => id === eventHub.id),
    );
    const same = before.filter((other) => hubAddress(other) === address);
    const taken = new Set(same.flatMap(({ checkpointStores }) => checkpointStores.map(({ id }) => id)));
    return {
      withHubPartitions: same.length === 0,
      storeLabel: (storeId: string) => (taken.has(storeId) ? `${eventHub.id}/${storeId}` : storeId),
    };
  }

  #processSamples(): Samples {
    const requests = azureRequests().map(({ service, operation, count }) => ({
      labels: { service, operation },
      value: count,
    }));
    const configuration = this.#options.configuration?.();
    const one = (value: number | undefined) => (value === undefined ? [] : [{ labels: {}, value }]);
    return new Map<FamilyName, Sample[]>([
      ["tidemark_azure_requests_total", requests],
      ["tidemark_config_last_reload_successful", one(configuration && Number(!configuration.isFaulty))],
      [
        "tidemark_config_last_reload_success_timestamp_seconds",
        one(configuration && configuration.readAt / 1000),
      ],
    ]);
  }
}
