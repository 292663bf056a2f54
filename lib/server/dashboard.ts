import type { ActivityEntry } from "#lib/history/activity.ts";
import { Monitor } from "#lib/monitor/monitor.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { createLiveRunner } from "#lib/reset/live/run-live.ts";
import { connectHistory } from "#lib/server/history/connect-history.ts";
import { GoneGroupKeeper } from "#lib/server/history/gone-groups.ts";
import { diagnoseHub } from "#lib/server/hubs/diagnose-hub.ts";
import { WatchedHubs } from "#lib/server/hubs/watched-hubs.ts";
import { createGroupMoves } from "#lib/server/moves/group-moves.ts";
import { ConfigurationState } from "#lib/server/reload/configuration-state.ts";
import { RunningConfig } from "#lib/server/reload/running-config.ts";
import { ChangedHubs } from "#lib/server/resets/changed-hubs.ts";
import { LeftBehindMemory } from "#lib/server/resets/left-behind-memory.ts";
import { giveBackLeftovers } from "#lib/server/resets/live-leftovers.ts";
import { noteOwnWrites } from "#lib/server/resets/note-own-writes.ts";
import { createResetPlaces } from "#lib/server/resets/reset-places.ts";
import { createResetPlans } from "#lib/server/resets/reset-plans.ts";
import { createResetRuns } from "#lib/server/resets/reset-runs.ts";
import { createResets } from "#lib/server/resets/resets.ts";
import type { Config } from "./config/config.ts";
import { connectMetrics } from "./connect-metrics.ts";
import { createRuntime } from "./create-runtime.ts";
import { log } from "./http/log.ts";
import { logFaults } from "./log-faults.ts";
import { runAlerts } from "./run-alerts.ts";
import type { Runtime } from "./runtime.ts";

export interface Dashboard {
  runtime: Runtime;
  appendActivity(entry: ActivityEntry): Promise<unknown>;
  runConfig(changeAccess: (access: Config["access"]) => void): RunningConfig;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Builds the dashboard; nothing is read before `start`.
 * @throws Error with a sentence if a newer dashboard wrote the history
 */
export async function createDashboard(config: Config): Promise<Dashboard> {
  const watched = new WatchedHubs(config);
  const configuration = new ConfigurationState(Date.now());
  const changedHubs = new ChangedHubs();
  const monitor = new Monitor(watched.initial, config.refreshSeconds * 1000, (hub, error) => {
    metering.metrics.countFault(hub);
    log.error({ hub, err: error }, "A refresh failed inside the dashboard; the next one is tried as usual.");
  });
  logFaults(monitor);
  const diagnose = (snapshot: HubSnapshot) =>
    diagnoseHub(watched.configs(), snapshot, left.of(snapshot.eventHub));
  const { history, samplerOf, start, stop } = await connectHistory(config, monitor, diagnose, (id) =>
    runs.heard(id),
  );
  const left = new LeftBehindMemory(history.resets);
  monitor.subscribe(({ eventHub }) => {
    if (samplerOf(eventHub.id) !== "others") void left.refresh(eventHub, monitor.hubIds());
  });
  const places = createResetPlaces(monitor, watched.configs, config.liveResets);
  const live = createLiveRunner({ settings: config.liveResets });
  const runs = createResetRuns({ history, places, monitor, samplerOf, live, changedHubs });
  const endLeftovers = config.readOnly
    ? () => {}
    : giveBackLeftovers({ monitor, places, records: history.resets, samplerOf });
  const alerts = runAlerts(config.alerts, config.server.publicUrl, monitor, history, samplerOf);
  const goneGroups = new GoneGroupKeeper(monitor, history, samplerOf);
  const resets = createResets(runs, createResetPlans({ places, records: history.resets }));
  const groupMoves = createGroupMoves({
    history,
    monitor,
    configs: watched.configs,
    places,
    apply: resets.apply,
    isReadOnly: config.readOnly,
  });
  const metering = connectMetrics(config, monitor, resets, watched.configs, configuration);
  resets.subscribe((reset) => {
    noteOwnWrites(monitor, reset);
    if (reset.state !== "running") left.isOld(reset.hub);
  });
  return {
    runtime: createRuntime({
      monitor,
      history,
      configs: watched.configs,
      diagnose,
      metrics: metering.metrics,
      configuration,
      refreshSeconds: config.refreshSeconds,
      isReadOnly: config.readOnly,
      resets,
      groupMoves: groupMoves.runtime,
      alerts: alerts.runtime,
      dismissGroup: (address, caller) => goneGroups.dismiss(address, caller),
      tools: { areOn: config.mcp, publicUrl: config.server.publicUrl },
    }),
    runConfig: (changeAccess) =>
      new RunningConfig({
        config,
        state: configuration,
        watched,
        changedHubs,
        records: history.resets,
        changeAlerts: (next) => alerts.change(next),
        changeAccess,
        append: (entry) => history.appendActivity(entry),
      }),
    appendActivity: (entry) => history.appendActivity(entry),
    start: () => {
      start();
      runs.start();
      groupMoves.start();
      alerts.start();
      metering.start();
      watched.start(monitor);
    },
    stop: async () => {
      await watched.stop();
      endLeftovers();
      await groupMoves.stop();
      await runs.stop();
      await alerts.stop();
      await Promise.all([stop(), metering.stop()]);
    },
  };
}
