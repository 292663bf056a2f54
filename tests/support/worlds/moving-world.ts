import { randomUUID } from "node:crypto";
import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import { expect } from "vitest";
import type { MovePreviewRequest } from "#lib/api/plans/moves.ts";
import type { History } from "#lib/history/history.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import { runOffline } from "#lib/reset/apply/run-offline.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { makeMovePlan } from "#lib/reset/move/make-move-plan.ts";
import type { PlanHead } from "#lib/reset/plan/build-plan.ts";
import type { LocalWorld } from "./local-world.ts";
import { runToEnd } from "./reset-world.ts";

const signal = new AbortController().signal;

export function newHead(): PlanHead {
  const now = Date.now();
  return { planId: randomUUID(), actor: "admin-1", createdAt: now, expiresAt: now + 600_000 };
}

export async function anotherContainer({ azurite }: LocalWorld): Promise<ContainerClient> {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  return (await service.createContainer(`test-${randomUUID()}`)).containerClient;
}

/** Returns all that an undo has to bring back of these blobs. */
export async function wholeBlobs(
  container: ContainerClient,
  isOne: (blobName: string) => boolean = () => true,
): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for await (const { name, metadata, properties, tags } of container.listBlobsFlat({
    includeMetadata: true,
    includeTags: true,
  })) {
    if (!isOne(name)) continue;
    const { contentType, contentEncoding, contentLanguage, contentDisposition, cacheControl } = properties;
    all[name] = {
      metadata,
      text: (await container.getBlobClient(name).downloadToBuffer()).toString("base64"),
      headers: { contentType, contentEncoding, contentLanguage, contentDisposition, cacheControl },
      tags,
      accessTier: properties.accessTier,
    };
  }
  return all;
}

/** Plans a move as soon as both sides have been quiet for the expiry. */
export async function planMove(
  source: ResetPlace,
  target: ResetPlace,
  request: Partial<Omit<MovePreviewRequest, "to">> = {},
): Promise<PlanRecord> {
  const asked = { partitions: "all" as const, overwrite: [], ...request };
  let record = await makeMovePlan(source, target, asked, newHead(), signal);
  const isQuiet = async () => {
    record = await makeMovePlan(source, target, asked, newHead(), signal);
    return !JSON.stringify(record.plan.entries).includes('"checkpointJustWritten"');
  };
  await expect.poll(isQuiet, { timeout: 10_000, interval: 200 }).toBe(true);
  return record;
}

export async function applyPlanned(
  history: History,
  record: PlanRecord,
  places: { source?: ResetPlace | null; target: ResetPlace },
  before: () => Promise<unknown> = async () => {},
): Promise<{ record: ResetRecord; results: Record<string, string> }> {
  const now = Date.now();
  await history.resets.savePlan({ ...record, ownerKey: "admin-1" }, now + 600_000, now);
  const { planId } = record.plan;
  const begun = await history.resets.begin({
    resetId: randomUUID(),
    planId,
    actor: "admin-1",
    instance: "one",
    now,
  });
  if (begun.result !== "begun") throw new Error(begun.result);
  await before();
  const { source = null, target } = places;
  const run = await runToEnd(history, begun.reset, target, (each) => runOffline({ ...each, source }));
  const { state, reason } = run.outcome;
  await history.resets.end(begun.reset.id, "one", { state, reason, endedAt: Date.now(), watchedUntil: null });
  return run;
}
