import { expect, it } from "vitest";
import type { Target } from "#lib/api/target.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";

async function promisesOf(target: Target, offset: string | null = offsetOf(149)) {
  const place = modelPlace({
    partitions: { "0": modelPartition(100, 199) },
    group: storedGroup("billing", [{ ...checkpoint("0", 149), offset }]),
  });
  const request = { partitions: "all", mode: "live", handlerSeconds: 30, target } as const;
  const head = { planId: "p", actor: "operator", createdAt: noon, expiresAt: noon + 600_000 };
  const [write] = (await makePlan(place, request, head, new AbortController().signal)).writes;
  const { isStart = false, isForward = false, isAhead = false } = write ?? {};
  return { isStart, isForward, isAhead };
}

it.each<[string, Target, { isStart: boolean; isForward: boolean; isAhead: boolean }]>([
  ["the start", { kind: "earliest" }, { isStart: true, isForward: false, isAhead: false }],
  [
    "what was clamped to it",
    { kind: "sequenceNumber", value: 7 },
    { isStart: true, isForward: false, isAhead: false },
  ],
  // The user asked for that very event. When it leaves, the plan no longer holds.
  [
    "the first event",
    { kind: "sequenceNumber", value: 100 },
    { isStart: false, isForward: false, isAhead: false },
  ],
  ["the end", { kind: "latest" }, { isStart: false, isForward: true, isAhead: true }],
  ["a step on", { kind: "shift", by: 10 }, { isStart: false, isForward: true, isAhead: true }],
  ["a step back", { kind: "shift", by: -1 }, { isStart: false, isForward: false, isAhead: false }],
])("a plan to %s says what must still hold when it is applied", async (_, target, promises) => {
  expect(await promisesOf(target)).toEqual(promises);
});

it("lies ahead of its checkpoint, and only what is missing is written", async () => {
  const promises = await promisesOf({ kind: "shift", by: 0 }, null);
  expect(promises).toEqual({ isStart: false, isForward: true, isAhead: false });
});
