import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { groupWarnings } from "#lib/client/moves/group-move-warnings.ts";
import { groupMove } from "#tests/support/fixtures/group-moves.ts";

const elsewhere = (group: string, isOld: boolean) =>
  toWire(
    reason("functionsElsewhere", {
      blobName: `${group}/0`,
      store: "old",
      newBlobName: `${group}/checkpoint/0`,
      newStore: "new",
      isOld,
    }),
  );
const rights = toWire(
  reason("undoNotAllowed", { store: "new", because: reason("recorded", { text: "No right to delete." }) }),
);

function told(warnings: ReturnType<typeof elsewhere>[][], over: Parameters<typeof groupMove>[1] = {}) {
  const move = groupMove(["ready", "ready", "ready", "ready", "blocked"], over);
  const entries = move.entries.map((entry, at) => ({ ...entry, warnings: warnings[at] ?? [] }));
  return groupWarnings({ entries }).map(({ whom, reason: { message } }) => [whom, message]);
}

it("tells each kind of warning once, and apart which checkpoint Azure Functions reads", () => {
  const old = elsewhere("group-0", true);
  const common = elsewhere("group-3", false);
  const all = [
    [old, rights],
    [elsewhere("group-1", true), rights],
    [rights],
    [common, rights],
    [elsewhere("group-4", false)],
  ];
  expect(told(all)).toEqual([
    ["4 groups (details of group-0)", rights.message],
    ["group-0, group-1 (details of group-0)", old.message],
    ["group-3", common.message],
  ]);
  expect(old.message).toContain("the old JSON checkpoint (group-0/0) in the store old");
  expect(common.message).toContain("the common checkpoint (group-3/0) in the store old");
});

it("names the hubs where there are several", () => {
  const { entries } = groupMove(["ready", "ready"]);
  const [first, second] = entries.map((entry) => ({ ...entry, warnings: [rights] }));
  if (first === undefined || second === undefined) throw new Error("two groups");
  expect(groupWarnings({ entries: [first, { ...second, hub: "payments" }] })).toMatchObject([
    { whom: "orders/group-0, payments/group-1" },
  ]);
});
