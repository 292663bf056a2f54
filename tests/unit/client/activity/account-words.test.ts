import { expect, it } from "vitest";
import type { Me } from "#lib/api/me.ts";
import { accountName, accountNotes } from "#lib/client/activity/account-words.ts";

const me = (over: Partial<Me>): Me => ({
  name: "someone",
  kind: "person",
  role: "viewer",
  grants: [{ role: "viewer", hubs: ["*"], groups: ["*"] }],
  readOnly: false,
  canSignOut: true,
  until: null,
  ...over,
});

it("says only what a role may do when it holds everywhere", () => {
  expect(accountNotes(me({}))).toEqual(["As viewer you may look."]);
});

it("says where a limited role holds, and what holds elsewhere", () => {
  const operator = { role: "operator" as const, hubs: ["orders*"], groups: ["billing", "batch-*"] };
  const viewer = { role: "viewer" as const, hubs: ["*"], groups: ["*"] };
  const notes = accountNotes(me({ role: "operator", grants: [viewer, operator] }));
  expect(notes.slice(1)).toEqual(["Operator: groups billing, batch-* of orders*.", "Viewer: everywhere."]);
  const limited = accountNotes(me({ grants: [{ role: "viewer", hubs: ["orders"], groups: ["*"] }] }));
  expect(limited.slice(1)).toEqual(["Viewer: all groups of orders."]);
});

it("says that nobody has to sign in, and that nothing may be changed", () => {
  const anonymous = me({ kind: "nobody", name: "anonymous", role: "admin", readOnly: true });
  expect(accountName(anonymous)).toBe("Nobody is signed in");
  expect(accountNotes(anonymous)).toEqual([
    "Sign-in is off: everyone who reaches this dashboard has the same rights.",
    "The dashboard is read-only: nobody may prepare or apply a reset.",
  ]);
});
