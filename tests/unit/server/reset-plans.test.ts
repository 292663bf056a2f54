import { expect, it } from "vitest";
import type { SavedPlan } from "#lib/history/resets/plan-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { createResetPlans } from "#lib/server/resets/reset-plans.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

const admin1 = { name: "admin-1", key: "admin-1", role: "operator" as const };

it('says which reset has applied a plan, and keeps for the record which moment "a while ago" meant', async () => {
  const kept = new Map<string, SavedPlan>();
  const records = {
    savePlan: async (record, expiresAt) =>
      void kept.set(record.plan.planId, { ...record, expiresAt, resetId: null }),
    plan: async (id) => kept.get(id) ?? null,
    reset: async () => null,
    moves: async () => [],
    undos: async () => [],
  } satisfies Pick<ResetRecords, "savePlan" | "plan" | "reset" | "moves" | "undos">;
  const place = modelPlace({ partitions: { "0": modelPartition(0, 99) }, now: noon + 90_000 });
  const places = { find: () => place } as unknown as ResetPlaces;
  const plans = createResetPlans({ places, records, clock: () => noon });

  const plan = await plans.preview(
    { hub: "orders", group: "billing", store: undefined },
    { partitions: "all", mode: "offline", handlerSeconds: 30, target: { kind: "ago", seconds: 60 } },
    admin1,
  );
  const resolvedTime = new Date(noon + 30_000).toISOString();
  expect(plan).toMatchObject({ resetId: null, target: { kind: "ago", seconds: 60, resolvedTime } });
  const saved = kept.get(plan.planId);
  if (saved === undefined) throw new Error("The plan was not kept.");
  kept.set(plan.planId, { ...saved, resetId: "r1" });
  expect(await plans.plan(plan.planId, admin1)).toEqual({ ...plan, resetId: "r1" });
});
