import { expect, it } from "vitest";
import { moveColumns } from "#components/moves/review/move-columns.tsx";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { csvOf } from "#lib/cli/output/output.ts";
import { renderTable } from "#lib/cli/output/table.ts";
import { columnsOf, planSentences } from "#lib/cli/resets/plan-text.ts";
import { spellingsOf } from "#lib/client/moves/target-spellings.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";

const lower = "contoso.servicebus.windows.net/orders/billing/checkpoint";
const typed = "contoso.servicebus.windows.net/Orders/Billing/checkpoint";
const entryAt = (partitionId: string, folder: string) =>
  fixturePlanEntry({
    partitionId,
    targetBlobName: `${folder}/${partitionId}`,
    source: {
      sequenceNumber: 400,
      offset: "25600",
      updatedAt: "2026-03-02T12:00:00Z",
      format: "eph",
      blobName: `hosts/billing/${partitionId}`,
    },
    owners: { source: null, target: "worker-1" },
  });
const planOf = (...folders: string[]) =>
  fixturePlan(
    folders.map((folder, i) => entryAt(String(i), folder)),
    {
      target: { kind: "move", from: { group: "billing", store: "old" }, overwrite: [] },
      notes: [toWire(reason("targetNames", { trees: folders, isLowerCased: null }))],
    },
  );

it("tells spellings apart by the part that differs", () => {
  const { entries } = planOf(lower, typed, lower);
  expect([...spellingsOf(entries)]).toEqual([
    [lower, "orders/billing"],
    [typed, "Orders/Billing"],
  ]);
  expect([...spellingsOf(planOf(lower, lower).entries)]).toEqual([[lower, ""]]);
});

it("names the target's blobs in a table only where they are spelled differently, and in a file always", () => {
  const shell = (plan: ReturnType<typeof planOf>, isWide: boolean) =>
    renderTable(columnsOf(plan), plan.entries, { columns: null, isWide, paint: (text) => text });
  const page = (plan: ReturnType<typeof planOf>) =>
    moveColumns(plan.entries, (name) => name, "UTC").map(({ id }) => id);
  const [alike, mixed] = [planOf(lower, lower), planOf(lower, typed)];
  expect(shell(alike, false)).not.toContain("TO BLOB");
  expect(shell(mixed, false)).toContain(`${typed}/1`);
  expect(shell(alike, true)).toMatch(/FROM BLOB.*TO BLOB.*TO OWNER/);
  expect(shell(alike, true)).toContain(`${lower}/1`);
  expect([page(alike).includes("spelling"), page(mixed).includes("spelling")]).toEqual([false, true]);
  const [head, first] = csvOf(columnsOf(alike), alike.entries).trim().split(/\r?\n/);
  expect(head).toContain("sourceBlobName,sourceOwner");
  expect(head).toContain("targetBlobName,targetOwner");
  expect(first).toContain(`hosts/billing/0`);
  expect(first).toContain(`${lower}/0,worker-1`);
});

it("says in a shell what processors look for", () => {
  expect(planSentences(planOf(lower, typed))).toContainEqual(
    expect.stringContaining(`in 2 spellings: ${lower}, ${typed}.`),
  );
});
