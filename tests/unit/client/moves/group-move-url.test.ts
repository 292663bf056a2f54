import { expect, it } from "vitest";
import { chooseGroupMove, chooseGroupsAgainPath, patternsIn } from "#lib/client/moves/group-move-url.ts";
import { groupMoveSummary, movableOf } from "#lib/client/moves/group-move-words.ts";
import { groupMove } from "#tests/support/fixtures/group-moves.ts";

const url = { store: "old", to: "new", groups: "", allHubs: false, wait: false };
const names = ["billing", "bills", "audit"];

it("takes patterns apart by commas and blanks; none means every group", () => {
  expect(patternsIn(" bill*, audit\taudit-2 ")).toEqual(["bill*", "audit", "audit-2"]);
  expect(patternsIn(" , ")).toEqual(["*"]);
});

it("asks for the groups that fit, and says what is missing", () => {
  expect(chooseGroupMove("orders", { ...url, groups: "BILL*", wait: true }, names)).toEqual({
    count: 2,
    request: {
      from: { hub: "orders", store: "old", allHubs: false },
      to: { store: "new" },
      groups: ["BILL*"],
      whenRunning: "wait",
    },
  });
  expect(chooseGroupMove("orders", { ...url, groups: "nobody" }, names)).toEqual({
    missing: "No group fits these names.",
  });
  expect(chooseGroupMove("orders", url, [])).toEqual({ missing: "Store old has no groups." });
  expect(chooseGroupMove("orders", { ...url, to: null }, names)).toEqual({ missing: "Choose both stores." });
  // The groups of other hubs are not known here.
  expect(chooseGroupMove("orders", { ...url, allHubs: true }, [])).toMatchObject({ count: 0 });
});

it("leads back to the same choice", () => {
  expect(chooseGroupsAgainPath(groupMove([], { groups: ["a*", "b"], whenRunning: "wait" }))).toBe(
    "/event-hubs/orders/move-groups?store=old&to=new&groups=a*,+b&wait=true",
  );
  expect(chooseGroupsAgainPath(groupMove([]))).toBe("/event-hubs/orders/move-groups?store=old&to=new");
});

it("says how far it is, and how it ended", () => {
  const results = ["moved", "moved", "skipped", "failed"] as const;
  expect(groupMoveSummary(groupMove(["ready", "ready", "blocked"]))).toBe(
    "2 of 3 groups can be moved: 6 checkpoints. Blocked: 1.",
  );
  expect(groupMoveSummary(groupMove(["pending", "ready"], { state: "planning" }))).toBe(
    "1 of 2 groups planned …",
  );
  expect(groupMoveSummary(groupMove(["moved", "moving", "waiting"], { state: "running" }))).toBe(
    "1 of 3 groups settled … Waiting: 1.",
  );
  expect(groupMoveSummary(groupMove(results, { state: "done" }))).toBe(
    "2 of 4 groups moved. Skipped: 1, failed: 1.",
  );
  expect(groupMoveSummary(groupMove(results, { state: "stopped" }))).toMatch(
    /^2 of 4 groups moved, then it was/,
  );
});

it("counts groups that run only where they are waited for", () => {
  const running = groupMove(["ready", "blocked"], { isRunning: true });
  expect(movableOf(running)).toBe(1);
  expect(movableOf({ ...running, whenRunning: "wait" })).toBe(2);
});
