import { expect, it } from "vitest";
import { makeCleanupPlan } from "#lib/reset/cleanup/make-cleanup-plan.ts";
import { modelPartition, modelPlace } from "#tests/support/fixtures/model-place.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, storedGroup } from "#tests/support/fixtures/sources.ts";
import { head, signal } from "../made-plan.ts";

it("says how many blobs are left for another plan", async () => {
  const planOf = async (misnamedMore?: number) => {
    const group = { ...storedGroup("billing", [checkpoint("0", 9)]), ...(misnamedMore && { misnamedMore }) };
    const place = modelPlace({ partitions: { "0": modelPartition(0, 20) }, group });
    return (await makeCleanupPlan(place, { blobs: "all" }, new Map(), head, signal)).plan.warnings;
  };
  expect(await planOf(3)).toEqual([like("moreMisnamed", { blobs: 3 })]);
  expect(await planOf()).toEqual([]);
});
