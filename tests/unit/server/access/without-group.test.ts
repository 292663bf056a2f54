import { expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { Grant } from "#lib/core/access.ts";
import { narrowRuntime } from "#lib/server/access/narrow/narrow-runtime.ts";
import { withoutGroup } from "#lib/server/access/narrow/without-group.ts";
import { Scope } from "#lib/server/access/scope.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { wholeRuntime } from "#tests/support/worlds/whole-runtime.ts";

const unknown = toWire(
  reason("otherGroupUnknown", {
    group: "Vault",
    because: reason("checkpointGone", { blobName: "ns/orders/vault/checkpoint/0" }),
  }),
);
const own = toWire(reason("checkpointGone", { blobName: "ns/orders/billing/checkpoint/0" }));
const plan = {
  hub: "orders",
  group: "billing",
  target: { kind: "group", name: "vault" },
  blockedBy: unknown,
  warnings: [own, unknown],
  entries: [{ partitionId: "0", blockedBy: unknown, warnings: [own] }],
};
const billing: Grant = { role: "admin", hubs: ["orders"], groups: ["billing"] };

it("a plan copied from a group out of reach names it nowhere, and keeps its other reasons", () => {
  const shown = new Scope([billing]).aimed("orders", plan);
  expect(JSON.stringify(shown).toLowerCase()).not.toContain("vault");
  expect(shown.warnings).toEqual([own, expect.objectContaining({ code: "otherGroupUnknown", params: {} })]);
  expect(shown.entries[0]).toMatchObject({ partitionId: "0", warnings: [own] });
});

it("a reset of such a plan and its activity do not name it either", () => {
  const details = {
    target: plan.target,
    message: "Nothing of this plan can be written: the consumer group vault has no position.",
    partitions: [{ partitionId: "0", result: "failed", reason: unknown }],
  };
  const entry = {
    id: 1,
    at: "",
    actor: "a",
    action: "reset",
    hub: "orders",
    group: "billing",
    outcome: "refused",
  };
  const { entries } = new Scope([billing]).entries({ entries: [{ ...entry, details }] });
  expect(JSON.stringify(entries).toLowerCase()).not.toContain("vault");
  expect(entries[0]?.details).toMatchObject({ partitions: [{ partitionId: "0", result: "failed" }] });
});

it("somebody who sees the other group sees the plan unchanged", () => {
  const both: Grant = { ...billing, groups: ["billing", "vault"] };
  expect(new Scope([both]).aimed("orders", plan)).toBe(plan);
});

it("only reasons and messages are changed, whatever the group is called", () => {
  const value = { partitionId: "0", reason: null, blockedBy: own, count: 0, ids: ["0"] };
  expect(withoutGroup(value, "nobody")).toEqual(value);
  expect(
    withoutGroup({ ...value, reason: { code: "x", message: "of 0", params: { group: "0" } } }, "0"),
  ).toMatchObject({
    partitionId: "0",
    ids: ["0"],
    reason: { code: "x", params: {} },
  });
});

it("only those who see the whole hub are told why it is blind", async () => {
  const incidentOf = async (grant: Grant) => {
    const caller = {
      name: "a",
      key: "a",
      role: "viewer",
      kind: "person",
      until: null,
      grants: [grant],
    } as const;
    const { incidents } = await narrowRuntime(wholeRuntime(), caller).alerts.incidents({});
    return incidents.find(({ id }) => id === 9);
  };
  const some = { role: "viewer", hubs: ["orders"], groups: ["billing"] } as const;
  expect(await incidentOf(some)).toMatchObject({
    summary: { code: "figuresHidden" },
    worst: { code: "figuresHidden" },
  });
  expect(await incidentOf({ ...some, groups: ["*"] })).toMatchObject({
    summary: like("recorded", { text: expect.stringContaining("hidden-vault") }),
  });
});
