import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { planSentences } from "#lib/cli/resets/plan-text.ts";
import { planSummary } from "#lib/client/resets/plan-words.ts";
import { whyBlocked } from "#lib/client/resets/review/why-blocked.ts";
import { plainText } from "#lib/client/resets/target-words.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";

it("does not call partitions blocked where a clean-up has nothing to do, and says so once in a shell", () => {
  const blockedBy = toWire(reason("nothingToClean"));
  const plan = fixturePlan([], { target: { kind: "cleanup" }, blockedBy });
  expect(whyBlocked(plan)).toBe("Nothing to confirm: no blob would be deleted or repaired.");
  expect(planSentences(plan)).toEqual(["There is nothing to clean up."]);
});

it("names what is blocked: partitions, or a clean-up's blobs", () => {
  const blocked = { target: null, blockedBy: wireText("Somebody owns it.") };
  const of = (partitionId: string) =>
    whyBlocked(fixturePlan([fixturePlanEntry({ ...blocked, partitionId })]));
  expect(of("0")).toMatch(/^Every partition is blocked/);
  expect(of("ns/orders/billing/checkpoint/31")).toMatch(/^Every blob is blocked/);
});

it("counts for a move to another hub by enqueued time, of this hub's events alone", () => {
  const from = { group: "billing", store: "main", hub: "old" };
  const say = (replays: number, skips: number) =>
    plainText(
      planSummary(
        fixturePlan([fixturePlanEntry({ replays, skips })], {
          target: { kind: "move", from, overwrite: [] },
        }),
      ),
    );
  expect(say(0, 0)).toMatch(
    /By enqueued time, no event of this hub will be read again; none will be skipped\.$/,
  );
  expect(say(2, 3)).toMatch(
    /By enqueued time, 2 events of this hub may be read again; 3 will be skipped, never read\.$/,
  );
});

it("says of a move that partitions can't be moved", () => {
  const blocked = { target: null, resumesAt: null, replays: null, skips: null };
  const entries = ["0", "1", "2"].map((partitionId) =>
    fixturePlanEntry({ ...blocked, partitionId, blockedBy: wireText("Somebody owns it.") }),
  );
  const target = { kind: "move", from: { group: "billing", store: "main" }, overwrite: [] } as const;
  const summary = planSummary(fixturePlan(entries, { target: { ...target, overwrite: [] } }));
  expect(plainText(summary)).toBe("None of the 3 partitions can be moved.");
});

it.each([
  [{ group: "billing", store: "main" }, "3 partitions move to the common layout in store main."],
  [{ group: "billing", store: "old" }, "3 partitions move from store old to store main."],
  [{ group: "archive", store: "main" }, "3 partitions move from archive to billing."],
  [
    { group: "archive", store: "old" },
    "3 partitions move from archive in store old to billing in store main.",
  ],
  [
    { group: "billing", store: "main", hub: "former" },
    "3 partitions move from billing in store main on the hub former to billing in store main.",
  ],
])("says what a move goes from, and where to: %j", (from, sentence) => {
  const entries = ["0", "1", "2"].map((partitionId) => fixturePlanEntry({ partitionId }));
  const plan = fixturePlan(entries, { target: { kind: "move", from, overwrite: [] } });
  expect(plainText(planSummary(plan))).toContain(sentence);
});

it("says once in a shell what blocks the whole plan", () => {
  const blockedBy = wireText("This dashboard may not write in the store new.");
  const entries = ["0", "1"].map((partitionId) => fixturePlanEntry({ partitionId, blockedBy }));
  const told = planSentences(fixturePlan(entries, { blockedBy }));
  expect(told.filter((line) => line.includes(blockedBy.message))).toEqual([blockedBy.message]);
});
