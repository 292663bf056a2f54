import { expect, it } from "vitest";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { toldPlan } from "#lib/mcp/told-plan.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";

const told = (more: Partial<ResetPlanEntry>) =>
  toldPlan({ ...fixturePlan([fixturePlanEntry(more)]), resetId: null }).text;

it("tells an assistant which counts of a plan are bounds", () => {
  const holds = { ownerId: "a", seconds: 60 };
  expect(told({})).toContain("; 100 events replayed, 0 events skipped and never read.");
  expect(told({ holds })).toContain("; at least 100 events replayed, 0 events skipped");
  expect(told({ replays: 0, skips: 40, holds })).toContain("; 0 events replayed, at most 40 events skipped");
  expect(told({ replays: 0, skips: 1, holds })).toContain(", 1 events skipped and never read.");
  expect(told({ replays: null, holds })).toContain("; an unknown number of events replayed");
});
