import { expect, it, onTestFinished, vi } from "vitest";
import type { SavedPlan } from "#lib/history/resets/plan-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { createResetPlans } from "#lib/server/resets/reset-plans.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { noon } from "#tests/support/fixtures/sources.ts";

const admin1 = { name: "admin-1", key: "admin-1", role: "operator" as const };

const billing = { hub: "orders", group: "billing", store: undefined };
const noRecords: Pick<ResetRecords, "savePlan" | "plan" | "reset" | "moves" | "undos"> = {
  savePlan: async () => {},
  plan: async () => null,
  reset: async () => null,
  moves: async () => [],
  undos: async () => [],
};

it.each([
  ["has the time that the hub's reading takes", 1_000],
  ["ends where all else takes longer than a minute", 61_000],
])("a preview %s", async (_, storeMs) => {
  vi.useFakeTimers({ now: noon });
  onTestFinished(() => void vi.useRealTimers());
  const model = modelPlace({ partitions: { "0": modelPartition(0, 99) } });
  const wait = (ms: number, signal: AbortSignal | null) =>
    new Promise((resolve, reject) => {
      setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  const place: ResetPlace = {
    ...model,
    readStore: async (signal) => {
      await wait(storeMs, signal);
      return model.readStore(signal);
    },
    readHub: async (signal) => {
      await wait(200_000, signal);
      return model.readHub(signal);
    },
  };
  const plans = createResetPlans({
    places: { find: () => place } as unknown as ResetPlaces,
    records: noRecords,
  });
  const request = {
    partitions: "all",
    mode: "offline",
    handlerSeconds: 30,
    target: { kind: "latest" },
  } as const;
  const coming = plans.preview(billing, request, admin1).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(300_000);
  const made = storeMs > 60_000 ? { code: "azureTimeout" } : { entries: [{ partitionId: "0" }] };
  expect(await coming).toMatchObject(made);
});

it("refuses at once a plan that would be read for longer than its asker waits, and plans fewer partitions", async () => {
  const model = modelPlace({ partitions: { "0": modelPartition(0, 99), "1": modelPartition(0, 99) } });
  const place: ResetPlace = { ...model, hubReadMs: (partitions = 2) => partitions * 60_000 };
  const plans = createResetPlans({
    places: { find: () => place } as unknown as ResetPlaces,
    records: noRecords,
  });
  const request = { mode: "offline", handlerSeconds: 30, target: { kind: "latest" } } as const;
  await expect(plans.preview(billing, { ...request, partitions: "all" }, admin1)).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await plans.preview(billing, { ...request, partitions: ["1"] }, admin1)).toMatchObject({
    entries: [{ partitionId: "1" }],
  });
});

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
