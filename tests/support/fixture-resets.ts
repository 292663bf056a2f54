import type { Reset, ResetEntry, ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { ago, fixtureNow } from "./fixture-world.ts";

/** A partition that goes back from 500 to 400. */
export function fixturePlanEntry(more: Partial<ResetPlanEntry> = {}): ResetPlanEntry {
  return {
    partitionId: "0",
    current: { sequenceNumber: 500, offset: "32000", updatedAt: ago(60) },
    target: { sequenceNumber: 400, offset: "25600", enqueuedAt: ago(3_601) },
    resumesAt: { sequenceNumber: 401, enqueuedAt: ago(3_600) },
    replays: 100,
    skips: 0,
    processedSince: null,
    clampedTo: null,
    warnings: [],
    blockedBy: null,
    repairs: [],
    holds: null,
    ...more,
  };
}

export function fixturePlan(entries: ResetPlanEntry[], more: Partial<ResetPlan> = {}): ResetPlan {
  return {
    planId: "7b5fcd1c-3c0e-4a3e-9d51-0c0f8f3f1a11",
    hub: "orders",
    group: "billing",
    store: "main",
    mode: "offline",
    handlerSeconds: null,
    target: { kind: "time", value: "2026-03-02T12:00:00Z" },
    resolvedTime: "2026-03-02T12:00:00.000Z",
    createdAt: ago(0),
    expiresAt: new Date(fixtureNow + 600_000).toISOString(),
    actor: "anonymous",
    blockedBy: null,
    warnings: [],
    entries,
    ...more,
  };
}

export function fixtureResetEntry(more: Partial<ResetEntry> = {}): ResetEntry {
  return {
    partitionId: "0",
    result: "written",
    before: { sequenceNumber: 500, offset: "32000", updatedAt: ago(60) },
    after: { sequenceNumber: 400, offset: "25600", updatedAt: ago(1) },
    message: null,
    live: null,
    ...more,
  };
}

export function fixtureReset(entries: ResetEntry[], more: Partial<Reset> = {}): Reset {
  return {
    id: "0b5848c0-d1b9-4a2d-81fa-df14e3069f2f",
    planId: "7b5fcd1c-3c0e-4a3e-9d51-0c0f8f3f1a11",
    hub: "orders",
    group: "billing",
    store: "main",
    mode: "offline",
    target: { kind: "earliest" },
    state: "done",
    actor: "anonymous",
    startedAt: ago(10),
    endedAt: ago(5),
    watchedUntil: null,
    message: null,
    entries,
    ...more,
  };
}
