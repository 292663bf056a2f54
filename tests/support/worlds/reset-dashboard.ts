import { onTestFinished } from "vitest";
import type { Reset } from "#lib/api/resets.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import type { History } from "#lib/history/history.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import { Monitor } from "#lib/monitor/monitor.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { ChangedHubs } from "#lib/server/resets/changed-hubs.ts";
import { createResetRuns, type ResetRuns } from "#lib/server/resets/reset-runs.ts";
import { planRecord } from "#tests/support/fixtures/plan-record.ts";
import { type LocalWorld, localNamespace } from "./local-world.ts";
import { createdOn, placeOf } from "./reset-world.ts";

export interface ResetDashboard {
  runs: ResetRuns;
  monitor: Monitor;
  told: Reset[];
  stop(): Promise<void>;
}

export function startResetDashboard(
  history: History,
  world: LocalWorld,
  over: Partial<ResetPlace> & { refreshMs?: number } = {},
): ResetDashboard {
  const { refreshMs = 500, ...place } = over;
  const reader = createStoreReader(world.container, {
    fullyQualifiedNamespace: localNamespace,
    eventHubName: "orders",
    spellingsSeconds: 0,
  });
  const hub = createHubReader({
    connectionString: world.eventHubs.connectionString,
    eventHubName: "orders",
  });
  const monitor = new Monitor(
    [
      {
        id: "orders",
        fullyQualifiedNamespace: localNamespace,
        eventHubName: "orders",
        consumerGroups: [],
        ownershipExpirationSeconds: place.ownershipExpirationSeconds ?? null,
        hub,
        stores: [{ id: "main", read: (options) => reader.read(options) }],
      },
    ],
    refreshMs,
    (_, error) => {
      throw error;
    },
  );
  const runs = createResetRuns({
    history,
    places: {
      find: ({ group }) => placeOf(world, group, place),
      findTarget: ({ group }) => placeOf(world, group, place),
    },
    monitor,
    samplerOf: () => "mine",
    live: null,
    changedHubs: new ChangedHubs(),
  });
  const told: Reset[] = [];
  runs.runtime.subscribe((reset) => told.push(reset));
  monitor.start();
  runs.start();
  let stopped: Promise<void> | null = null;
  const stop = () => {
    stopped ??= runs.stop().then(() => monitor.stop());
    return stopped;
  };
  onTestFinished(stop);
  return { runs, monitor, told, stop };
}

export async function savePlan(
  history: History,
  world: LocalWorld,
  group: string,
  writes: readonly PlannedWrite[],
  over: Parameters<typeof planRecord>[1] = {},
): Promise<{ planId: string; confirm: string }> {
  const now = over.now ?? Date.now();
  const record = planRecord(writes, { group, createdOn: await createdOn(world), now, ...over });
  await history.resets.savePlan(record, Date.parse(record.plan.expiresAt), now);
  return { planId: record.plan.planId, confirm: group };
}
