import type { EpochMs } from "#lib/core/time.ts";
import type { Engine } from "../storage/engine.ts";
import type { OwnedPlan, PlanRecord, SavedPlan } from "./plan-record.ts";

/** So long it can still be told that a plan has expired, or which reset applied it. */
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
  return { ...record, ownerKey, expiresAt: row.expires_at, resetId: row.reset_id };
}
