import type { StoredCheckpoint, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { BeforeImage, EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { makeUndoPlan } from "#lib/reset/plan/make-undo-plan.ts";
import {
  type ModelPartition,
  modelPartition,
  modelPlace,
  offsetOf,
} from "#tests/support/fixtures/model-place.ts";
import { plannedWrite, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { checkpoint, noon, ownership, storedGroup } from "#tests/support/fixtures/sources.ts";

const signal = new AbortController().signal;
const head = { planId: "p2", actor: "admin-1", createdAt: noon, expiresAt: noon + 600_000 };
export const createdOn = noon - 86_400_000;
/** The stored offset of event 149. The stream has another one for it now. */
export const storedOffset = "8589934592";

export const before = (over: Partial<BeforeImage> = {}): BeforeImage => ({
  blobName: "ns/hub/group/checkpoint/0",
  format: "common",
  etag: "1",
  updatedAt: noon,
  sequenceNumber: 149,
  offset: storedOffset,
  metadata: {},
  headers: {},
  body: null,
  ...over,
});

export function entry(over: Partial<EntryRecord> = {}): EntryRecord {
  return {
    partitionId: "0",
    write: plannedWrite("0"),
    result: "written",
    before: before(),
    lastOwnerId: null,
    after: { etag: "2", updatedAt: noon, sequenceNumber: 119, offset: offsetOf(119) },
    reason: null,
    live: null,
    ...over,
  };
}

const reset = (entries: EntryRecord[], over: Partial<ResetRecord> = {}) =>
  resetRecord(entries, { createdOn, startedAt: noon, ...over });

export const now: StoredCheckpoint = {
  ...checkpoint("0", 119),
  offset: offsetOf(119),
  writtenBy: "tidemark/r1/0",
};

export async function undo(
  entries: EntryRecord[],
  current: StoredCheckpoint = now,
  over: {
    reset?: Partial<ResetRecord>;
    isBlind?: boolean;
    isGeoDrEnabled?: boolean;
    partitions?: Record<string, ModelPartition>;
    owners?: StoredOwnership[];
    others?: StoredCheckpoint[];
  } = {},
) {
  const moving = over.isBlind ? [ownership("0", "worker-1", noon + 3_599_000)] : (over.owners ?? []);
  const place = modelPlace({
    partitions: over.partitions ?? { "0": modelPartition(100, 199), "1": modelPartition(100, 199) },
    group: storedGroup("billing", [current, ...(over.others ?? [])], moving),
    createdOn,
    isGeoDrEnabled: over.isGeoDrEnabled ?? false,
    ...(over.isBlind && { place: { inspectionConsumerGroup: null } }),
  });
  const { plan, writes } = await makeUndoPlan(place, reset(entries, over.reset), head, signal);
  const [first] = plan.entries;
  if (first === undefined) throw new Error("A partition was reset.");
  return { plan, first, write: writes[0] ?? null, readings: place.readings() };
}
