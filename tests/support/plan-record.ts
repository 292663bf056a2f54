import { randomUUID } from "node:crypto";
import type { ResetMode } from "#lib/api/resets.ts";
import type { OwnedPlan, PlannedWrite } from "#lib/history/resets/plan-record.ts";

/** A plan of somebody's, for the group `billing` of `orders` unless said otherwise. */
export function planRecord(
  writes: readonly PlannedWrite[],
  changes: {
    group?: string;
    store?: string;
    actor?: string;
    /** The actor's name, unless it is said. */
    ownerKey?: string;
    address?: string;
    createdOn?: number;
    blocked?: readonly string[];
    now?: number;
    livesMs?: number;
    mode?: ResetMode;
    handlerSeconds?: number;
  } = {},
): OwnedPlan {
  const { now = Date.now(), livesMs = 600_000 } = changes;
  const entry = {
    current: null,
    target: null,
    resumesAt: null,
    replays: null,
    skips: null,
    processedSince: null,
    clampedTo: null,
    warnings: [],
    repairs: [],
    holds: null,
  };
  return {
    plan: {
      planId: randomUUID(),
      hub: "orders",
      group: changes.group ?? "billing",
      store: changes.store ?? "main",
      mode: changes.mode ?? "offline",
      handlerSeconds: changes.handlerSeconds ?? null,
      target: { kind: "earliest" },
      resolvedTime: null,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + livesMs).toISOString(),
      actor: changes.actor ?? "admin-1",
      blockedBy: null,
      warnings: [],
      entries: [
        ...writes.map(({ partitionId }) => ({ ...entry, partitionId, blockedBy: null })),
        ...(changes.blocked ?? []).map((partitionId) => ({
          ...entry,
          partitionId,
          blockedBy: "Somebody owns it.",
        })),
      ],
    },
    address: changes.address ?? "localhost/orders",
    createdOn: changes.createdOn ?? 0,
    ownerKey: changes.ownerKey ?? changes.actor ?? "admin-1",
    writes: [...writes],
  };
}

export function plannedWrite(
  partitionId: string,
  changes: Partial<Omit<PlannedWrite, "partitionId">> = {},
): PlannedWrite {
  return {
    partitionId,
    blobName: `localhost/orders/billing/checkpoint/${partitionId}`,
    format: "common",
    etag: null,
    sequenceNumber: -1,
    offset: "-1",
    ...changes,
  };
}
