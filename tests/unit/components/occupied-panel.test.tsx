import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { OccupiedPanel } from "#components/moves/review/occupied-panel.tsx";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";

const [lower, typed] = ["ns/orders/billing/checkpoint/0", "ns/Orders/Billing/checkpoint/0"];
const source = {
  sequenceNumber: 149,
  offset: "1",
  updatedAt: "2026-03-02T12:00:00Z",
  format: "common" as const,
  blobName: lower,
};

function words(...blockedBy: Parameters<typeof toWire>[0][]): string {
  const target = { kind: "move" as const, from: { group: "billing", store: "old" }, overwrite: [] };
  const entries = blockedBy.map((why, i) =>
    fixturePlanEntry({
      partitionId: String(i),
      source,
      targetBlobName: lower,
      blockedBy: toWire(why ?? null),
    }),
  );
  const plan = fixturePlan(entries, { target });
  return renderToStaticMarkup(
    <OccupiedPanel plan={plan} target={target} makePlan={() => {}} whyNot={null} />,
  ).replaceAll(/<[^>]*>/g, "");
}

it("tells a checkpoint that is replaced from one in another spelling that stays", () => {
  const replaced = reason("targetOccupied", { blobName: lower, sequenceNumber: 120 });
  const beside = reason("targetSpelledOtherwise", {
    blobName: typed,
    sequenceNumber: 120,
    newBlobName: lower,
  });
  expect(words(replaced)).toContain("Replace partition 0500 there now → 149");
  expect(words(beside)).toContain(`Write beside on partition 0500 stays in ${typed}; 149 goes to ${lower}`);
  expect(words(beside)).not.toMatch(/[Rr]eplac/);
  expect(words(beside, replaced)).toMatch(/Write beside on partition 0.*Replace partition 1/);
  expect(words(reason("noCheckpoint"))).toBe("");
});
