import type { ResetMode } from "#lib/api/resets.ts";
import type { StoredCheckpoint, StoredGroup, StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { checkpoint, noon, ownership } from "#tests/support/fixtures/sources.ts";

const signal = new AbortController().signal;
const head = { planId: "p", actor: "admin-1", createdAt: noon, expiresAt: noon + 600_000 };
const now = noon + 3_600_000;
export const ago = (seconds: number) => now - seconds * 1_000;
const partitions = { "0": modelPartition(0, 99), "1": modelPartition(0, 99) };
export const at = (secondsAgo: number, over: Partial<StoredCheckpoint> = {}): StoredCheckpoint => ({
  ...checkpoint("0", 49, ago(secondsAgo)),
  offset: offsetOf(49),
  ...over,
});
export const owner = (secondsAgo: number, over: Partial<StoredOwnership> = {}) => ({
  ...ownership("0", "worker-1", ago(secondsAgo)),
  ...over,
});

export async function planned(
  group: StoredGroup | null,
  mode: ResetMode = "offline",
  place: Partial<ResetPlace> = {},
) {
  const model = modelPlace({ partitions, group, now, place });
  const target = { kind: "sequenceNumber" as const, value: 20 };
  const request = { partitions: "all" as const, mode, handlerSeconds: 20, target };
  const { plan, writes } = await makePlan(model, request, head, signal);
  const [first, second] = plan.entries;
  if (first === undefined || second === undefined) throw new Error("Two partitions were asked for.");
  return { plan, first, second, writes, readings: model.readings() };
}
