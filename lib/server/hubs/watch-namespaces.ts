import { AppError } from "#lib/core/app-error.ts";
import { pause } from "#lib/core/pause.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import type { Config, HubConfig, NamespaceConfig } from "#lib/server/config/config.ts";
import { log } from "#lib/server/http/log.ts";
import { findHubs, foundHub, labelOf } from "./find-hubs.ts";
import { monitoredHub } from "./monitored-hub.ts";
import { resourceReaderOf } from "./resource-readers.ts";

const searchEveryMs = 10 * 60_000;
/** A store that was unreachable, or holds nothing yet, is looked into again sooner. */
const searchAgainMs = 60_000;

/** The hubs to watch: those that are configured, and those found in namespaces. */
export interface WatchedHubs {
  /** At first: the configured ones, and one in the place of each namespace that is being searched. */
  initial: readonly MonitoredHub[];
  /** The configuration of each hub that is watched now, as if all had been configured one by one. */
  configs(): readonly HubConfig[];
  start(monitor: Monitor): void;
  stop(): Promise<void>;
}

export function watchNamespaces(config: Config): WatchedHubs {
  const { eventHubs, namespaces } = config;
  const configured = eventHubs.map((hub) => monitoredHub(hub, eventHubs));
  // Hubs of two namespaces may have one name.
  const isAlone = namespaces.length === 1;
  const watches = namespaces.map(
    (one) => new NamespaceWatch(isAlone ? one : { ...one, id: one.id ?? labelOf(one) }, eventHubs),
  );
  const all = () => [...configured, ...watches.flatMap((watch) => watch.hubs)];
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  return {
    initial: all(),
    configs: () => [...eventHubs, ...watches.flatMap((watch) => watch.configs)],
    start(monitor) {
      running = Promise.all(
        watches.map(async (watch) => {
          while (!stopping.signal.aborted) {
            const changed = await watch.search(stopping.signal);
            if (stopping.signal.aborted) return;
            if (changed) await monitor.replaceHubs(all());
            await pause(watch.isEmpty ? searchAgainMs : searchEveryMs, stopping.signal);
          }
        }),
      );
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** One namespace, and the hubs that were found in it. */
class NamespaceWatch {
  readonly #namespace: NamespaceConfig;
  readonly #configured: readonly HubConfig[];
  readonly #resources: ReturnType<typeof resourceReaderOf>;
  readonly #placeholder: MonitoredHub;
  #found = new Map<string, { config: HubConfig; hub: MonitoredHub }>();
  readonly #searched = Promise.withResolvers<void>();
  #emptyBecause = "";

  constructor(namespace: NamespaceConfig, configured: readonly HubConfig[]) {
    this.#namespace = namespace;
    this.#configured = configured;
    this.#resources = resourceReaderOf(namespace);
    this.#placeholder = this.#inItsPlace();
  }

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  get hubs(): readonly MonitoredHub[] {
    return this.isEmpty ? [this.#placeholder] : [...this.#found.values()].map(({ hub }) => hub);
  }

  get configs(): readonly HubConfig[] {
    if (!this.isEmpty) return [...this.#found.values()].map(({ config }) => config);
    return [{ ...this.#namespace, id: this.#placeholder.id, eventHubName: "" }];
  }

  /** Whether there are other hubs now than before. What could not be asked takes no hub away. */
  async search(stop: AbortSignal): Promise<boolean> {
    const namespace = this.#namespace;
    const { names, faults } = await findHubs(namespace, this.#resources, stop);
    const host = namespace.fullyQualifiedNamespace;
    for (const fault of faults) log.warn({ namespace: host }, fault);
    this.#emptyBecause = faults[0] ?? "no checkpoint store holds a folder of this namespace.";
    const taken = new Set(
      this.#configured
        .filter((hub) => hub.fullyQualifiedNamespace === host)
        .map((hub) => hub.eventHubName.toLowerCase()),
    );
    const ids = new Set(this.#configured.map(({ id }) => id));
    const configs = names
      .filter((name) => !taken.has(name.toLowerCase()))
      .map((name) => foundHub(namespace, name, ids));
    const all = [...this.#configured, ...configs];
    const next = new Map(
      configs.map((hub) => {
        const key = hub.eventHubName.toLowerCase();
        return [key, this.#found.get(key) ?? { config: hub, hub: monitoredHub(hub, all) }] as const;
      }),
    );
    if (faults.length > 0) for (const [key, hub] of this.#found) if (!next.has(key)) next.set(key, hub);
    const changed = next.size !== this.#found.size || [...next.keys()].some((key) => !this.#found.has(key));
    this.#found = next;
    this.#searched.resolve();
    return changed;
  }

  /** Stands for the namespace until a hub is found, so that an empty page says what was looked for. */
  #inItsPlace(): MonitoredHub {
    const { id, fullyQualifiedNamespace } = this.#namespace;
    const read = async () => {
      await this.#searched.promise;
      throw new AppError(
        "eventHubNotFound",
        `No event hub of ${fullyQualifiedNamespace} was found: ${this.#emptyBecause} ` +
          "Name one with eventHubName, or give subscriptionId and resourceGroup so that Azure can be asked.",
      );
    };
    return {
      id: id ?? fullyQualifiedNamespace,
      fullyQualifiedNamespace,
      eventHubName: "",
      consumerGroups: [],
      ownershipExpirationSeconds: null,
      hub: { read, close: async () => {} },
      stores: [],
    };
  }
}
