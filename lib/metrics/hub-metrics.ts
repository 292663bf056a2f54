import { turns } from "#lib/core/pause.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { groupKey, type HubSnapshot } from "#lib/monitor/snapshot.ts";
import { type Lines, renderLines } from "./exposition.ts";
import type { FamilyName, Sample, Samples } from "./families.ts";
import { type HubSampleOptions, hubSamples } from "./hub-samples.ts";
import { OwnerChangeCount } from "./owner-changes.ts";

const hubSource = "eventhub";
const ownSource = "dashboard";
const storeSource = (id: string) => `store/${id}`;

export class HubMetrics {
  readonly #hubId: string;
  readonly #refreshSeconds: number;
  #owners = new Map<string, OwnerChangeCount>();
  #resets = new Map<string, number>();
  #errors = new Map<string, number>();
  #lastSuccessAt: EpochMs | null = null;
  #ofSnapshot: () => Iterable<Samples> = () => [];
  /** Makes the samples when somebody asks: at 10,000 partitions they are larger than the snapshot. */
  #make: () => Iterable<Samples> = this.#ofSnapshot;
  #lines: Lines | null = null;
  #rendering: { lines: Promise<Lines>; isAtOnce: boolean } | null = null;

  constructor(hubId: string, refreshSeconds: number) {
    this.#hubId = hubId;
    this.#refreshSeconds = refreshSeconds;
  }

  samples(): Iterable<Samples> {
    return this.#make();
  }

  countReset(store: string, group: string): void {
    const key = groupKey(store, group);
    this.#resets.set(key, (this.#resets.get(key) ?? 0) + 1);
  }

  countFault(): void {
    this.#errors.set(ownSource, (this.#errors.get(ownSource) ?? 0) + 1);
    this.#replaceSamples(this.#ofSnapshot);
  }

  async takeIn(whole: HubSnapshot, options: HubSampleOptions): Promise<void> {
    const groups = whole.groups.filter(({ group }) => group.goneSince === null);
    const snapshot = { ...whole, groups };
    this.#countErrors(snapshot);
    await this.#countOwnerChanges(snapshot);
    const { eventHub } = snapshot;
    if (!eventHub.stale && eventHub.observedAt !== null)
      this.#lastSuccessAt = Date.parse(eventHub.observedAt);
    const counts = this.#groupCounts(snapshot, options);
    this.#replaceSamples(function* () {
      yield* hubSamples(snapshot, options);
      yield new Map(counts);
    });
  }

  #replaceSamples(ofSnapshot: () => Iterable<Samples>): void {
    const own = new Map(this.#ownSamples());
    this.#ofSnapshot = ofSnapshot;
    this.#make = function* () {
      yield* ofSnapshot();
      yield own;
    };
    this.#rendering = null;
  }

  prepare(): Promise<Lines> {
    const make = this.#make;
    let isAtOnce = true;
    const onRest = () => {
      isAtOnce = false;
    };
    const lines = renderLines(make(), onRest);
    const keep = (rendered: Lines | null) => {
      if (this.#make === make) this.#lines = rendered;
    };
    // Whoever scrapes next is told that it failed.
    lines.then(keep, () => keep(null));
    this.#rendering = { lines, isAtOnce };
    return lines;
  }

  /** Drops the text when nobody scraped lately: it would be too old for the next scrape. */
  forgetText(): void {
    this.#lines = null;
  }

  async lines(): Promise<Lines> {
    if (this.#rendering !== null && (this.#lines === null || this.#rendering.isAtOnce)) {
      return this.#rendering.lines;
    }
    return this.#lines ?? this.prepare();
  }

  #countErrors({ eventHub, partitions }: HubSnapshot): void {
    const { checkpointStores, error } = eventHub;
    // Compares the content: a snapshot from another dashboard is a copy, errors included.
    const isOfStore = checkpointStores.some(
      (store) => store.error?.code === error?.code && store.error?.message === error?.message,
    );
    const failing = new Map([
      [hubSource, (error !== null && !isOfStore) || partitions.some((partition) => partition.error !== null)],
      ...checkpointStores.map((store) => [storeSource(store.id), store.error !== null] as const),
    ]);
    const counts = new Map([[ownSource, this.#errors.get(ownSource) ?? 0]]);
    for (const [source, fails] of failing) {
      counts.set(source, (this.#errors.get(source) ?? 0) + (fails ? 1 : 0));
    }
    this.#errors = counts;
  }

  async #countOwnerChanges({ groups }: HubSnapshot): Promise<void> {
    const rest = turns();
    const counts = new Map<string, OwnerChangeCount>();
    for (const snapshot of groups) {
      const key = groupKey(snapshot.group.store, snapshot.group.name);
      const count = this.#owners.get(key) ?? new OwnerChangeCount();
      count.observe(snapshot, this.#refreshSeconds);
      counts.set(key, count);
      await rest();
    }
    this.#owners = counts;
  }

  #groupCounts(
    { eventHub, groups }: HubSnapshot,
    { storeLabel }: HubSampleOptions,
  ): [FamilyName, Sample[]][] {
    const changes: Sample[] = [];
    const resets: Sample[] = [];
    const kept = new Map<string, number>();
    for (const { group } of groups) {
      const key = groupKey(group.store, group.name);
      const labels = {
        eventhubs_namespace: eventHub.fullyQualifiedNamespace,
        eventhub: eventHub.eventHubName,
        consumergroup: group.name,
        store: storeLabel(group.store),
      };
      kept.set(key, this.#resets.get(key) ?? 0);
      changes.push({ labels, value: this.#owners.get(key)?.count ?? 0 });
      resets.push({ labels, value: kept.get(key) ?? 0 });
    }
    this.#resets = kept;
    return [
      ["eventhubs_consumergroup_owner_changes_total", changes],
      ["eventhubs_consumergroup_resets_total", resets],
    ];
  }

  #ownSamples(): [FamilyName, Sample[]][] {
    const hub = this.#hubId;
    const errors = [...this.#errors].map(([source, value]) => ({ labels: { hub, source }, value }));
    const at = this.#lastSuccessAt;
    return [
      ["tidemark_refresh_errors_total", errors],
      ["tidemark_last_success_timestamp_seconds", at === null ? [] : [{ labels: { hub }, value: at / 1000 }]],
    ];
  }
}
