import { randomUUID } from "node:crypto";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { createStoreReader } from "#lib/checkpoint-store/store-reader.ts";
import { openFence } from "#lib/event-hub/fence.ts";
import { createHubReader } from "#lib/event-hub/hub-reader.ts";
import type { History } from "#lib/history/history.ts";
import type { PlannedWrite } from "#lib/history/resets/plan-record.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { OwnReset } from "#lib/reset/apply/own-reset.ts";
import type { ResetOutcome, ResetRunner } from "#lib/reset/apply/reset-run.ts";
import type { Patience } from "#lib/reset/group/patience.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { planRecord } from "#tests/support/fixtures/plan-record.ts";
import { type LocalWorld, localNamespace } from "./local-world.ts";

const hub = "orders";

export const patienceOf = (tries: number): Patience => ({ tries, forMs: 60_000, pauseMs: () => 20 });

/** Returns a container by way of another port, as through a proxy before the storage. */
export function containerAt({ azurite, container }: LocalWorld, port: number): ContainerClient {
  const connectionString = azurite.connectionString.replaceAll(`:${azurite.port}`, `:${port}`);
  return BlobServiceClient.fromConnectionString(connectionString).getContainerClient(container.containerName);
}

export function placeOf(
  world: LocalWorld,
  group: string,
  over: Partial<ResetPlace> & { formats?: Parameters<typeof createStoreReader>[1]["formats"] } = {},
): ResetPlace {
  const { formats, ...rest } = over;
  const container = over.container ?? world.container;
  return {
    hub,
    fullyQualifiedNamespace: localNamespace,
    eventHubName: hub,
    store: "main",
    group,
    inspectionConsumerGroup: null,
    ownershipExpirationSeconds: 60,
    container,
    commonPrefix: "",
    readStore: (abortSignal) =>
      createStoreReader(container, {
        fullyQualifiedNamespace: localNamespace,
        eventHubName: hub,
        spellingsSeconds: 0,
        ...(formats && { formats }),
      }).read({ abortSignal }),
    readHub: async (abortSignal) => {
      const reader = createHubReader({
        connectionString: world.eventHubs.connectionString,
        eventHubName: hub,
      });
      try {
        return await reader.read({ abortSignal: abortSignal ?? undefined, limitMs: 30_000 });
      } finally {
        await reader.close();
      }
    },
    openEvents: () => {
      throw new Error("An application reads no event.");
    },
    readOtherGroup: async () => null,
    contestedPartitions: () => [],
    observedCheckpointSeconds: () => null,
    openFence: (options) =>
      openFence(
        { connectionString: world.eventHubs.connectionString, eventHubName: hub },
        { ...options, consumerGroup: group },
      ),
    knownGroups: null,
    observedExpirationSeconds: () => null,
    ...rest,
  };
}

/** Returns a preview's writes: each partition's current checkpoint moves to `sequenceNumber`. */
export async function plannedNow(
  world: LocalWorld,
  group: string,
  partitionIds: readonly string[],
  sequenceNumber: number,
): Promise<PlannedWrite[]> {
  const folder = `${localNamespace}/${hub}/${group}/checkpoint/`;
  const { blobs } = await listBlobs(world.container, folder);
  return partitionIds.map((partitionId) => {
    const blobName = folder + partitionId;
    const etag = blobs.find(({ name }) => name === blobName)?.etag ?? null;
    const offset = sequenceNumber < 0 ? "-1" : String(sequenceNumber * 64);
    return { partitionId, blobName, format: "common", etag, sequenceNumber, offset };
  });
}

export async function createdOn(world: LocalWorld): Promise<number> {
  return (await placeOf(world, "any").readHub(AbortSignal.timeout(5_000))).createdOn;
}

export async function begun(
  history: History,
  world: LocalWorld,
  group: string,
  writes: readonly PlannedWrite[],
  instance = "one",
): Promise<ResetRecord> {
  const now = Date.now();
  const record = planRecord(writes, { group, createdOn: await createdOn(world), now });
  await history.resets.savePlan(record, now + 600_000, now);
  const { planId } = record.plan;
  const answer = await history.resets.begin({
    resetId: randomUUID(),
    planId,
    actor: "admin-1",
    instance,
    now,
  });
  if (answer.result !== "begun") throw new Error(answer.result);
  return answer.reset;
}

export async function runToEnd(
  history: History,
  reset: ResetRecord,
  place: ResetPlace | null,
  runner: ResetRunner,
  options: {
    stop?: AbortSignal;
    isTakenOver?: boolean;
    onStep?: () => void;
    instance?: string;
    patience?: Patience;
  } = {},
): Promise<{ outcome: ResetOutcome; record: ResetRecord; results: Record<string, string> }> {
  const own = new OwnReset({
    records: history.resets,
    reset,
    instance: options.instance ?? reset.instance,
    onStep: options.onStep ?? (() => {}),
  });
  own.start();
  try {
    const outcome = await runner({
      own,
      place,
      isTakenOver: options.isTakenOver ?? false,
      stop: options.stop ?? new AbortController().signal,
      patience: options.patience ?? patienceOf(3),
    });
    const record = await history.resets.reset(reset.id);
    if (record === null) throw new Error("the reset is gone");
    return {
      outcome,
      record,
      results: Object.fromEntries(record.entries.map(({ partitionId, result }) => [partitionId, result])),
    };
  } finally {
    own.stop();
  }
}
