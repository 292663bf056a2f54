import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Reset } from "#lib/api/resets.ts";
import { createEventReader } from "#lib/event-hub/event-reader.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { DatabaseAddress } from "#lib/history/storage/engine.ts";
import { toReset } from "#lib/reset/apply/to-reset.ts";
import type { LiveSettings } from "#lib/reset/group/live-pace.ts";
import { createDashboard, type Dashboard } from "#lib/server/dashboard.ts";
import { openHistory } from "#tests/support/fixtures/history.ts";
import { testConfig } from "#tests/support/fixtures/test-config.ts";
import { type Read, type RecordingTask, runRecordingProcessor } from "#tests/support/recording-processor.ts";
import type { LocalWorld } from "../local-world.ts";
import { savePlan } from "../reset-dashboard.ts";
import { plannedNow } from "../reset-world.ts";

/** Long enough for a busy machine to renew in time. */
const expireMs = 10_000;

function taskIn(
  { eventHubs, azurite, container }: LocalWorld,
  over: Pick<RecordingTask, "ownerId" | "eventHub" | "consumerGroup"> & Partial<RecordingTask>,
): RecordingTask {
  return {
    eventHubsConnectionString: eventHubs.connectionString,
    storageConnectionString: azurite.connectionString,
    container: container.containerName,
    renewMs: 500,
    expireMs,
    handlerMs: 0,
    batch: 20,
    ...over,
  };
}

export interface LiveGroup {
  reads: Read[];
  close(): Promise<void>;
}

export function startProcessors(
  world: LocalWorld,
  consumerGroup: string,
  count: number,
  over: Partial<RecordingTask> = {},
): LiveGroup {
  const reads: Read[] = [];
  const processors = Array.from({ length: count }, (_, index) => {
    const ownerId = `${consumerGroup}-processor-${index}`;
    const task = taskIn(world, { ownerId, eventHub: "orders", consumerGroup, ...over });
    return runRecordingProcessor(task, (read) => reads.push(read));
  });
  return {
    reads,
    close: async () => {
      await Promise.all(processors.map((processor) => processor.close()));
    },
  };
}

export interface LiveDashboard {
  dashboard: Dashboard;
  apply(group: string, writes: readonly PlannedWrite[], handlerSeconds: number): Promise<Reset>;
  reset(id: string): Promise<Reset>;
  recorded(id: string): Promise<Reset>;
  stop(): Promise<void>;
}

export async function startLiveDashboard(
  world: LocalWorld,
  liveResets: Partial<LiveSettings>,
): Promise<LiveDashboard> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-live-"));
  const hub = world.hubConfig("orders", { ownershipExpirationSeconds: expireMs / 1000 });
  const dashboard = await createDashboard(
    testConfig({ refreshSeconds: 1, hubs: [hub], dataDir: folder, liveResets }),
  );
  dashboard.start();
  while (!dashboard.runtime.readiness().ready) await new Promise((resolve) => setTimeout(resolve, 50));
  const address: DatabaseAddress = { kind: "sqlite", folder };
  const caller = { name: "admin-1", key: "admin-1", role: "admin" as const };
  let stopped: Promise<void> | null = null;
  return {
    dashboard,
    apply: async (group, writes, handlerSeconds) => {
      const history = await openHistory(address);
      const request = await savePlan(history, world, group, writes, { mode: "live", handlerSeconds });
      await history.close();
      return dashboard.runtime.resets.apply({ hub: "orders", group, store: undefined }, request, caller);
    },
    reset: (id) => dashboard.runtime.resets.reset(id),
    recorded: async (id) => {
      const history = await openHistory(address);
      const record = await history.resets.reset(id);
      await history.close();
      if (record === null) throw new Error("the reset is gone");
      return toReset(record);
    },
    stop: () => {
      stopped ??= dashboard.stop();
      return stopped.then(() => rm(folder, { recursive: true, force: true }));
    },
  };
}

/** Returns writes with the offsets of the real events, read in a group of the tests' own. */
export async function writesTo(
  world: LocalWorld,
  group: string,
  partitionIds: readonly string[],
  target: number,
): Promise<PlannedWrite[]> {
  const writes = await plannedNow(world, group, partitionIds, target);
  const events = createEventReader({
    connectionString: world.eventHubs.connectionString,
    eventHubName: "orders",
  });
  try {
    return await Promise.all(
      writes.map(async (write) => {
        const event = await events.firstEvent("inspect", write.partitionId, { sequenceNumber: target });
        return { ...write, offset: event?.offset ?? "-1" };
      }),
    );
  } finally {
    await events.close();
  }
}
