import { fromStored } from "#lib/api/reasons/reason.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Engine } from "../storage/engine.ts";
import type { OwnedPlan, PlanRecord, SavedPlan } from "./plan-record.ts";

const knownAfterMs = 3_600_000;

export async function insertPlan({ db }: Engine, record: OwnedPlan, expiresAt: EpochMs): Promise<void> {
  await db
    .insertInto("reset_plans")
    .values({
      id: record.plan.planId,
      expires_at: expiresAt,
      record: JSON.stringify(record),
      reset_id: null,
    })
    .execute();
}

export async function deleteOldPlans({ db }: Engine, now: EpochMs): Promise<void> {
  await db
    .deleteFrom("reset_plans")
    .where("expires_at", "<", now - knownAfterMs)
    .execute();
}

export async function selectPlan({ db }: Engine, id: string): Promise<SavedPlan | null> {
  const row = await db.selectFrom("reset_plans").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const { ownerKey = null, ...record } = JSON.parse(row.record) as PlanRecord & Partial<OwnedPlan>;
  return {
    ...record,
    plan: readPlan(record.plan),
    ownerKey,
    expiresAt: row.expires_at,
    resetId: row.reset_id,
  };
}

/** Version 0.1.0 stored sentences instead of reasons. */
function readPlan(plan: PlanRecord["plan"]): PlanRecord["plan"] {
  const all = (reasons: unknown[]) => reasons.flatMap((one) => fromStored(one) ?? []);
  return {
    ...plan,
    unchanged: plan.unchanged ?? 0,
    unchangedPartitions: plan.unchangedPartitions ?? [],
    unchangedAtEdge: plan.unchangedAtEdge ?? 0,
    blockedBy: fromStored(plan.blockedBy),
    warnings: all(plan.warnings),
    entries: plan.entries.map((entry) => ({
      ...entry,
      blockedBy: fromStored(entry.blockedBy),
      warnings: all(entry.warnings),
    })),
  };
}
