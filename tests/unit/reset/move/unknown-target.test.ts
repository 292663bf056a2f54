import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { moved } from "./moved.ts";

const refused = new AppError("azureUnauthorized", "The list of groups was refused.");
const unknown = like("targetGroupUnknown", { group: "succesor", eventHub: "Orders" });
const notSeen = (because: ReturnType<typeof like> | null) =>
  like("targetGroupNotSeen", { group: "succesor", because });

it.each<[string, Partial<ResetPlace>, unknown[]]>([
  ["that Azure lists, in any casing", { group: "Billing2", knownGroups: async () => ["billing2"] }, []],
  ["that Azure does not list", { group: "succesor", knownGroups: async () => ["successor"] }, [unknown]],
  [
    "that Azure does not list, though old blobs know it",
    { group: "succesor", knownGroups: async () => ["successor"], isGroupSeen: () => true },
    [unknown],
  ],
  ["that nobody can be asked about and no blob knows", { group: "succesor" }, [notSeen(null)]],
  [
    "that Azure refused to list",
    { group: "succesor", knownGroups: () => Promise.reject(refused) },
    [notSeen(like("failure", { errorCode: "azureUnauthorized" }))],
  ],
  ["that a blob knows", { group: "succesor", isGroupSeen: () => true }, []],
  ["that every hub has", { group: "$default" }, []],
  ["of the same name", { knownGroups: () => Promise.reject(new Error("It was asked.")) }, []],
  [
    "of the same name on another hub",
    { hub: "heirs", knownGroups: async () => [] },
    [like("targetGroupUnknown", { group: "billing" })],
  ],
])("tells of a target group %s", async (_, target, warnings) => {
  const { plan } = await moved({ target });
  expect(plan.warnings.filter(({ code }) => code.startsWith("targetGroup"))).toEqual(warnings);
  // It is a warning: the group may be made before its processors start.
  expect(plan.blockedBy === null || target.hub !== undefined).toBe(true);
});
