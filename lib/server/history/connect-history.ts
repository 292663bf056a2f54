import type { Diagnosis } from "#lib/api/diagnosis.ts";
import type { History } from "#lib/history/history.ts";
import { SharedHubs } from "#lib/history/sharing/shared-hubs.ts";
import type { Sampler } from "#lib/history/writing/recorder.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { Config } from "#lib/server/config/config.ts";
import { log } from "#lib/server/http/log.ts";
import { sharedDiagnosis } from "#lib/server/hubs/shared-diagnosis.ts";
import { openHistory } from "./open-history.ts";
import { trendRecall } from "./recall-trends.ts";

/** A snapshot from before a restart is shown up to this age. */
const oldestMs = 60_000;

interface Connected {
  history: History;
  samplerOf(hub: string): Sampler;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Records every refresh. Dashboards on one PostgreSQL share the hubs: one refreshes each hub and the others
 * adopt its snapshots.
 * @param onReset gets every step of a reset on any of these dashboards
 */
export async function connectHistory(
  config: Config,
  monitor: Monitor,
  diagnose: (snapshot: HubSnapshot) => Diagnosis | null,
  onReset: (resetId: string) => void,
): Promise<Connected> {
  const shared = shareHubs(config, monitor, () => history, onReset);
  const samplerOf = (hub: string) => shared?.samplerOf(hub) ?? "mine";
  const history = await openHistory(config, {
    samplerOf,
    isWatched: (hub) => monitor.isWatched(hub),
  });
  const diagnosisOf = sharedDiagnosis(diagnose);
  const recallTrends = trendRecall(history, monitor);
  monitor.subscribe((snapshot) => {
    const hub = snapshot.eventHub.id;
    recallTrends(snapshot.eventHub);
    if (shared?.samplerOf(hub) === "others") return;
    history.record(snapshot, monitor.remembered(hub));
    // The evidence is large and not JSON, so its diagnosis goes instead.
    shared?.publish(hub, { ...snapshot, evidence: null, diagnosis: diagnosisOf(snapshot) ?? undefined });
  });
  monitor.recallFrom((hub) => history.recall(hub));
  return {
    history,
    samplerOf,
    start: () => {
      for (const { eventHub } of monitor.snapshots()) recallTrends(eventHub);
      if (shared === null) monitor.start();
      else shared.start();
    },
    stop: async () => {
      await monitor.stop();
      await history.close();
      await shared?.stop();
    },
  };
}

function shareHubs(
  config: Config,
  monitor: Monitor,
  history: () => History,
  onReset: (resetId: string) => void,
): SharedHubs | null {
  const { databaseUrl } = config.history;
  if (databaseUrl === null) return null;
  return new SharedHubs({
    url: databaseUrl,
    hubs: () => monitor.hubIds(),
    refreshMs: config.refreshSeconds * 1000,
    onGained: (hub) => {
      history().forget();
      monitor.startHub(hub);
      log.debug({ hub }, "This dashboard refreshes the hub.");
    },
    onLost: (hub) => {
      monitor
        .stopHub(hub)
        .catch((error: unknown) => log.error({ hub, err: error }, "A hub can't be stopped."));
    },
    onNews: async (published, isOld) => {
      try {
        const snapshot = withLaterFields(published as HubSnapshot);
        const age = Date.now() - Date.parse(snapshot.eventHub.observedAt ?? "");
        if (!isOld || age < oldestMs) await monitor.adopt(snapshot);
      } catch (error) {
        log.error({ err: error }, "A snapshot of another dashboard can't be taken over.");
      }
    },
    onReset,
    onFault: (error) => history().noteFault(error),
  });
}

/**
 * Fills in what an earlier build on the same database did not publish yet. The database refuses builds of another
 * layout, not those of another snapshot.
 */
function withLaterFields(snapshot: HubSnapshot): HubSnapshot {
  const groups = snapshot.groups.map(({ group, partitions, ...rest }) => ({
    ...rest,
    group: { ...group, statusPartitionIds: group.statusPartitionIds ?? [] },
    partitions: partitions.map((each) => ({ ...each, ownerSince: each.ownerSince ?? null })),
  }));
  return { ...snapshot, groups };
}
