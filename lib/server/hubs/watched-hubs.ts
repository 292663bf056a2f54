import type { Monitor } from "#lib/monitor/monitor.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import type { Config, HubConfig, NamespaceConfig } from "#lib/server/config/config.ts";
import { fingerprint } from "#lib/server/reload/fingerprint.ts";
import { compareHubs, type HubChanges, isContinued } from "#lib/server/reload/hub-changes.ts";
import { labelOf } from "./find-hubs.ts";
import { monitoredHub } from "./monitored-hub.ts";
import { NamespaceWatch } from "./namespace-watch.ts";

type Hubs = Pick<Config, "eventHubs" | "namespaces">;

interface Configured {
  config: HubConfig;
  print: string;
  hub: MonitoredHub;
}

interface Namespace {
  print: string;
  host: string;
  watch: NamespaceWatch;
}

export class WatchedHubs {
  #configured: readonly Configured[] = [];
  #namespaces: readonly Namespace[] = [];
  /** No longer configured, but with a running reset on one of their hubs. */
  #keptNamespaces: readonly Namespace[] = [];
  #monitor: Monitor | null = null;

  constructor(hubs: Hubs) {
    this.#take(hubs);
  }

  get initial(): readonly MonitoredHub[] {
    return this.#hubs();
  }

  readonly configs = (): readonly HubConfig[] => [
    ...this.#configured.map(({ config }) => config),
    ...this.#namespaces.flatMap(({ watch }) => watch.configs),
  ];

  start(monitor: Monitor): void {
    this.#monitor = monitor;
    for (const { watch } of this.#namespaces) watch.start(() => this.#show());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#namespaces.map(({ watch }) => watch.stop()));
  }

  /**
   * Watches these hubs from now on; unchanged ones go on.
   * @param busy hubs that stay as they are for now
   * @param taken is told of the changes before they can be asked for
   */
  async change(
    hubs: Hubs,
    busy: ReadonlySet<string>,
    taken: (changes: HubChanges) => void,
  ): Promise<HubChanges> {
    const before = this.configs();
    const wanted = new Map(hubs.eventHubs.map((hub) => [hub.id, fingerprint(hub)]));
    const kept = this.#configured
      .map(({ config }) => config)
      .filter((hub) => busy.has(hub.id) && wanted.get(hub.id) !== fingerprint(hub));
    const eventHubs = [
      ...hubs.eventHubs.map((hub) => kept.find(({ id }) => id === hub.id) ?? hub),
      ...kept.filter(({ id }) => !wanted.has(id)),
    ];
    const busyNamespaces = this.#namespaces.filter(({ watch }) =>
      watch.configs.some(({ id }) => busy.has(id)),
    );
    const gone = this.#take({ ...hubs, eventHubs }, busyNamespaces);
    const after = this.configs();
    const held = [
      ...kept.map(({ id }) => id),
      ...this.#keptNamespaces.flatMap(({ watch }) => watch.configs.map(({ id }) => id)),
    ];
    const changes = { ...compareHubs(before, after), held };
    taken(changes);
    await Promise.all(gone.map(({ watch }) => watch.stop()));
    await this.#show((id) => {
      const [old, now] = [before, after].map((all) => all.find((hub) => hub.id === id));
      return old !== undefined && now !== undefined && isContinued(old, now);
    });
    return changes;
  }

  #take({ eventHubs, namespaces }: Hubs, busy: readonly Namespace[] = []): Namespace[] {
    this.#configured = eventHubs.map((config) => {
      const print = fingerprint([config, alikeNames(config, eventHubs)]);
      const known = this.#configured.find((one) => one.print === print);
      return known ?? { config, print, hub: monitoredHub(config, eventHubs) };
    });
    const before = this.#namespaces;
    const isAlone = namespaces.length === 1;
    const configured = namespaces.map((one) =>
      this.#namespace(isAlone ? one : { ...one, id: one.id ?? labelOf(one) }, before),
    );
    this.#keptNamespaces = busy.filter((one) => !configured.includes(one));
    const isNew = (one: Namespace) => !before.includes(one);
    // A successor would find the same hubs under the same ids, so it waits.
    const waits = (one: Namespace) =>
      isNew(one) && this.#keptNamespaces.some(({ host }) => host === one.host);
    this.#namespaces = [...configured.filter((one) => !waits(one)), ...this.#keptNamespaces];
    for (const one of this.#namespaces) {
      if (!isNew(one)) one.watch.wake();
      else if (this.#monitor !== null) one.watch.start(() => this.#show());
    }
    return before.filter((one) => !this.#namespaces.includes(one));
  }

  #namespace(config: NamespaceConfig, before: readonly Namespace[]): Namespace {
    const print = fingerprint(config);
    const known = before.find((one) => one.print === print);
    if (known !== undefined) return known;
    const host = config.fullyQualifiedNamespace;
    return {
      print,
      host,
      watch: new NamespaceWatch(config, () => this.#configured.map((one) => one.config)),
    };
  }

  #hubs(): MonitoredHub[] {
    return [
      ...this.#configured.map(({ hub }) => hub),
      ...this.#namespaces.flatMap(({ watch }) => watch.hubs),
    ];
  }

  async #show(continues?: (hubId: string) => boolean): Promise<void> {
    await this.#monitor?.replaceHubs(this.#hubs(), continues);
  }
}

/** Names that share a beginning, which layouts with adjoining names need to know. */
function alikeNames(
  { fullyQualifiedNamespace, eventHubName }: HubConfig,
  all: readonly HubConfig[],
): string[] {
  const start = `${eventHubName}-`.toLowerCase();
  return all
    .filter((hub) => hub.fullyQualifiedNamespace === fullyQualifiedNamespace)
    .map((hub) => hub.eventHubName.toLowerCase())
    .filter((name) => name.startsWith(start))
    .toSorted();
}
