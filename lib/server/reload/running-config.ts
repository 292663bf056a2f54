import type { ActivityEntry } from "#lib/history/activity.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { Config } from "#lib/server/config/config.ts";
import { log } from "#lib/server/http/log.ts";
import type { WatchedHubs } from "#lib/server/hubs/watched-hubs.ts";
import type { ChangedHubs } from "#lib/server/resets/changed-hubs.ts";
import { changedActivity, needsRestart, otherChanges, refusedConfiguration } from "./config-changes.ts";
import type { ConfigurationState } from "./configuration-state.ts";
import type { HubChanges } from "./hub-changes.ts";

export interface RunningConfigOptions {
  config: Config;
  state: ConfigurationState;
  watched: WatchedHubs;
  changedHubs: ChangedHubs;
  records: Pick<ResetRecords, "running">;
  changeAlerts(alerts: Config["alerts"]): void;
  changeAccess(access: Config["access"]): void;
  append(entry: ActivityEntry): Promise<unknown>;
}

export class RunningConfig {
  readonly #options: RunningConfigOptions;
  #config: Config;

  constructor(options: RunningConfigOptions) {
    this.#options = options;
    this.#config = options.config;
  }

  /** Returns true when all of it applies. A hub with a running reset stays as it is until the end. */
  async apply(next: Config): Promise<boolean> {
    const { watched, changedHubs, state, config: atStart } = this.#options;
    const before = this.#config;
    // First and at once: revoked access must not wait.
    this.#options.changeAccess(next.access);
    this.#options.changeAlerts(next.alerts);
    this.#config = next;
    const held = await this.#withResets();
    const changes = await watched.change(next, held, ({ removed, changed }) =>
      changedHubs.note([...removed, ...changed], Date.now()),
    );
    const restart = needsRestart(atStart, next);
    state.taken(Date.now(), restart, changes.held);
    this.#tell(changes, otherChanges(before, next), restart);
    return changes.held.length === 0;
  }

  refuse(problems: readonly string[]): void {
    this.#options.state.refused(problems, Date.now());
    log.error({ problems }, "The configuration file can't be used as it is now: what was read before holds.");
    if (problems.some((problem) => problem.includes("environment variable"))) {
      log.warn("Environment variables are read at the start alone: restart the dashboard for new ones.");
    }
    this.#append(refusedConfiguration(problems, Date.now()));
  }

  #tell(changes: HubChanges, others: Record<string, unknown>, restart: readonly string[]): void {
    const { held, ...hubs } = changes;
    const entry = changedActivity(hubs, others, Date.now());
    if (entry !== null) {
      log.info(entry.details, "The configuration was read again, and holds.");
      this.#append(entry);
    }
    if (held.length > 0) {
      log.warn({ eventHubs: held }, "Event hubs stay as they were until the resets on them have ended.");
    }
    if (restart.length > 0) {
      log.warn({ keys: restart }, "These keys of the configuration take effect at the next start.");
    }
  }

  /** If that is unknown, all hubs count, so that none is taken from a reset. */
  async #withResets(): Promise<ReadonlySet<string>> {
    try {
      return new Set((await this.#options.records.running()).map(({ hub }) => hub));
    } catch {
      return new Set(this.#options.watched.configs().map(({ id }) => id));
    }
  }

  #append(entry: ActivityEntry): void {
    this.#options.append(entry).catch((error: unknown) => {
      log.warn({ err: error }, "A change of the configuration can't be put into the activity.");
    });
  }
}
