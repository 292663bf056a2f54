import { ContainerClient } from "@azure/storage-blob";
import { expect, it, vi } from "vitest";
import type { History } from "#lib/history/history.ts";
import type { OwnedPlan } from "#lib/history/resets/plan-record.ts";
import { applyPlan } from "#lib/server/resets/apply-plan.ts";
import { ChangedHubs } from "#lib/server/resets/changed-hubs.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { createResetPlans } from "#lib/server/resets/reset-plans.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite, planRecord, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { noon, storedGroup } from "#tests/support/fixtures/sources.ts";
import { createdOn, entry, now } from "../../reset/undone.ts";

const admin1 = { name: "admin-1", key: "admin-1", role: "admin" as const };
const here = "https://contoso.blob.core.windows.net/checkpoints";
const other = "https://contoso.blob.core.windows.net/others";
const isOther = { code: "conflict", message: expect.stringContaining(`names the container ${here} now`) };

function placesAt(url = `${here}?sig=secret`): ResetPlaces {
  const place = modelPlace({
    partitions: { "0": modelPartition(100, 199) },
    group: storedGroup("billing", [now]),
    createdOn,
    place: { container: new ContainerClient(url) },
  });
  return { find: () => place, findTarget: () => place };
}

it("plans no undo in another container than its reset wrote in, and notes the one that it is planned for", async () => {
  const saved: OwnedPlan[] = [];
  const undoOf = (container: string | undefined) => {
    const write = plannedWrite("0", container === undefined ? {} : { container });
    const reset = resetRecord([entry({ write })], { createdOn, startedAt: noon });
    const records = {
      savePlan: async (plan: OwnedPlan) => void saved.push(plan),
      plan: async () => null,
      reset: async () => reset,
      moves: async () => [],
      undos: async () => [],
    };
    return createResetPlans({ places: placesAt(), records }).undo("r1", admin1);
  };
  await expect(undoOf(other)).rejects.toMatchObject(isOther);
  expect(saved).toEqual([]);
  for (const container of [here, undefined])
    expect(await undoOf(container)).toMatchObject({ blockedBy: null });
  expect(saved.map(({ writes }) => writes.map(({ container }) => container))).toEqual([[here], [here]]);
});

it("applies no plan in another container than it was made for", async () => {
  const begin = vi.fn(async () => ({ result: "begun", reset: { id: "r1" } }));
  const apply = (container: string) => {
    const address = "contoso.servicebus.windows.net/orders";
    const plan = planRecord([plannedWrite("0", { container })], { now: noon, address });
    const resets = { plan: async () => ({ ...plan, expiresAt: noon + 1, resetId: null }), begin };
    return applyPlan({ resets, appendActivity: async () => {} } as unknown as History, placesAt(), {
      address: { hub: "orders", group: "billing", store: undefined },
      request: { planId: plan.plan.planId, confirm: "billing" },
      caller: admin1,
      begin: { resetId: "r1", instance: "i", now: noon },
      isLivePossible: false,
      changedHubs: new ChangedHubs(),
    });
  };
  await expect(apply(other)).rejects.toMatchObject(isOther);
  expect(begin).not.toHaveBeenCalled();
  expect(await apply(here)).toMatchObject({ id: "r1" });
});
