import type { PreviewRequest } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";

export const signal = new AbortController().signal;
export const head = { planId: "p", actor: "admin-1", createdAt: noon, expiresAt: noon + 600_000 };
export const at = (sequenceNumber: number) => ({
  ...checkpoint("0", sequenceNumber),
  offset: offsetOf(sequenceNumber),
});
export const at100 = modelPartition(100, 199);

export type PlaceOptions = Parameters<typeof modelPlace>[0];

/** Returns a plan for one partition at 149 in a stream of 100 to 199, as changed by the options. */
export function plan(
  target: Target,
  options: Partial<PlaceOptions> = {},
  request: Partial<PreviewRequest> = {},
): Promise<PlanRecord> {
  const place = modelPlace({
    partitions: { "0": at100 },
    group: storedGroup("billing", [at(149)]),
    ...options,
  });
  return makePlan(
    place,
    { partitions: "all", mode: "offline", handlerSeconds: 30, target, ...request },
    head,
    signal,
  );
}

export async function only(...args: Parameters<typeof plan>) {
  const { plan: made, writes } = await plan(...args);
  const [entry] = made.entries;
  if (entry === undefined) throw new Error("A partition was asked for.");
  return { ...entry, write: writes[0] ?? null };
}

export const sequenceNumber = (value: number): Target => ({ kind: "sequenceNumber", value });
export const time = (second: number): Target => ({
  kind: "time",
  value: new Date(noon + second * 1_000).toISOString(),
});
