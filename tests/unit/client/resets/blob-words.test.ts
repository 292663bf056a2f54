import { expect, it } from "vitest";
import type { CleanedBlob } from "#lib/api/plans/cleanups.ts";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { planSummary } from "#lib/client/resets/plan-words.ts";
import { plainText } from "#lib/client/resets/target-words.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";

const none = { target: null, resumesAt: null, replays: null, skips: null };
const blob = (name: string, act: CleanedBlob["act"], more: Partial<ResetPlanEntry> = {}) =>
  fixturePlanEntry({
    ...none,
    partitionId: `ns/orders/billing/checkpoint/${name}`,
    cleans: {
      partitionId: name,
      why: "gonePartition",
      act,
      sizeBytes: 0,
      updatedAt: "2026-03-02T12:00:00.000Z",
      ageSeconds: 60,
    },
    ...more,
  });
const say = (...args: Parameters<typeof fixturePlan>) => plainText(planSummary(fixturePlan(...args)));
const target = { kind: "cleanup" } as const;

it("tells for a clean-up how many blobs are deleted, repaired and kept", () => {
  const blockedBy = wireText("Somebody owns it.");
  const entries = [
    blob("31", "delete", { removes: true }),
    blob("32", "delete", { removes: true }),
    blob("0", "repair"),
    blob("33", "delete", { removes: true, blockedBy }),
  ];
  expect(say(entries, { target })).toBe(
    "Of 4 blobs, 2 will be deleted; 1 will be repaired. 1 blob is blocked and will not change.",
  );
  expect(say(entries.slice(0, 2), { target })).toBe("2 blobs will be deleted.");
  expect(say([], { target })).toBe("There is nothing to clean up.");
});

it("tells for an undo what comes back, and for a move's undo what is removed again", () => {
  const undo = { target: { kind: "undo", resetId: "r1" } } as const;
  expect(say([blob("31", "restore")], undo)).toBe("1 blob will be restored.");
  const made = fixturePlanEntry({ ...none, partitionId: "0", removes: true });
  expect(say([made, { ...made, partitionId: "1" }], undo)).toBe(
    "2 checkpoints that the move made will be deleted.",
  );
});
