import { AppError } from "#lib/core/app-error.ts";
import { pause } from "#lib/core/pause.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import type { HubConfig, NamespaceConfig } from "#lib/server/config/config.ts";
import { log } from "#lib/server/http/log.ts";
import { findHubs, foundHub } from "./find-hubs.ts";
import { monitoredHub } from "./monitored-hub.ts";
import { resourceReaderOf } from "./resource-readers.ts";

const searchEveryMs = 10 * 60_000;
const searchAgainMs = 60_000;

export class NamespaceWatch {
  readonly #namespace: NamespaceConfig;
  readonly #configured: () => readonly HubConfig[];
  readonly #resources: ReturnType<typeof resourceReaderOf>;
  readonly #placeholder: MonitoredHub;
  #found = new Map<string, { config: HubConfig; hub: MonitoredHub }>();
  readonly #searched = Promise.withResolvers<void>();
  #emptyBecause = "";
  readonly #stopping = new AbortController();
  #sleeping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(namespace: NamespaceConfig, configured: () => readonly HubConfig[]) {
    this.#namespace = namespace;
    this.#configured = configured;
    this.#resources = resourceReaderOf(namespace);
    this.#placeholder = this.#inItsPlace();
  }

  start(changed: () => Promise<void>): void {
    this.#running = this.#search(changed);
  }

  wake(): void {
    this.#sleeping.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  get hubs(): readonly MonitoredHub[] {
    const found = this.#unconfigured();
    return found.length === 0 ? [this.#placeholder] : found.map(({ hub }) => hub);
  }

  get configs(): readonly HubConfig[] {
    const found = this.#unconfigured();
    if (found.length > 0) return found.map(({ config }) => config);
    return [{ ...this.#namespace, id: this.#placeholder.id, eventHubName: "" }];
  }

  async #search(changed: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#sleeping = new AbortController();
      const isOther = await this.search(signal);
      if (signal.aborted) return;
      if (isOther) await changed();
      const rest = this.#found.size === 0 ? searchAgainMs : searchEveryMs;
      await pause(rest, AbortSignal.any([signal, this.#sleeping.signal]));
    }
  }

  /** Leaves out hubs that are configured by now; the next search drops them. */
  #unconfigured() {
    const taken = this.#taken();
    return [...this.#found].filter(([key]) => !taken.has(key)).map(([, found]) => found);
  }

  #taken(): ReadonlySet<string> {
    const host = this.#namespace.fullyQualifiedNamespace;
    return new Set(
      this.#configured()
        .filter((hub) => hub.fullyQualifiedNamespace === host)
        .map((hub) => hub.eventHubName.toLowerCase()),
    );
  }

  /** Returns true if the hubs changed. A failed question removes no hub. */
  async search(stop: AbortSignal): Promise<boolean> {
    const namespace = this.#namespace;
    const { names, faults } = await findHubs(namespace, this.#resources, stop);
    const host = namespace.fullyQualifiedNamespace;
    for (const fault of faults) log.warn({ namespace: host }, fault);
    this.#emptyBecause = faults[0] ?? "no checkpoint store holds a folder of this namespace.";
    const taken = this.#taken();
    const ids = new Set(this.#configured().map(({ id }) => id));
    const configs = names
      .filter((name) => !taken.has(name.toLowerCase()))
      .map((name) => foundHub(namespace, name, ids));
    const all = [...this.#configured(), ...configs];
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

  /** Represents the namespace until a hub is found, so that an empty page says what was searched. */
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
