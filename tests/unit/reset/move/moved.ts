import type { MovePreviewRequest } from "#lib/api/plans/moves.ts";
import type { StoredCheckpoint, StoredGroup } from "#lib/core/stored-blobs.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { makeMovePlan } from "#lib/reset/move/make-move-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";
import { head, signal } from "../made-plan.ts";

export const now = noon + 3_600_000;
export const tree = "contoso.servicebus.windows.net/orders/billing";
export const typed = "Contoso.servicebus.windows.net/Orders/Billing";
export const within = { source: { store: "main" }, target: { store: "main" } };

export function stored(sequenceNumber: number, over: Partial<StoredCheckpoint> = {}): StoredCheckpoint {
  const offset = offsetOf(sequenceNumber);
  return { ...checkpoint("0", sequenceNumber), offset, format: "eph", blobName: "hosts/billing/0", ...over };
}

export function common(sequenceNumber: number, blobName: string): StoredCheckpoint {
  return stored(sequenceNumber, { format: "common", blobName });
}

export interface Sides {
  from?: StoredGroup | null;
  to?: StoredGroup | null;
  isGeoDrEnabled?: boolean;
  stream?: [number, number];
  partitionIds?: string[];
  target?: Partial<ResetPlace>;
  source?: Partial<ResetPlace>;
}

export async function moved(sides: Sides, request: Partial<MovePreviewRequest> = {}) {
  const { isGeoDrEnabled = false, stream = [100, 199], partitionIds = ["0"] } = sides;
  const partitions = Object.fromEntries(partitionIds.map((id) => [id, modelPartition(...stream)]));
  const from = sides.from === undefined ? storedGroup("billing", [stored(149)]) : sides.from;
  const options = { partitions, isGeoDrEnabled, now };
  const source = modelPlace({ ...options, group: from, place: { store: "old", ...sides.source } });
  const target = modelPlace({
    ...options,
    group: sides.to ?? null,
    place: { store: "new", ...sides.target },
  });
  const { to: _, ...asked } = { partitions: "all" as const, to: {}, overwrite: [], ...request };
  const record = await makeMovePlan(source, target, asked, head, signal);
  const [entry] = record.plan.entries;
  return { ...record, entry, write: record.writes[0] ?? null };
}
