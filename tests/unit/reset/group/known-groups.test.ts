import { expect, it } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { knownGroupsOf } from "#lib/reset/group/known-groups.ts";
import { like } from "#tests/support/fixtures/reasons.ts";

const silent = (abortSignal: AbortSignal) =>
  new Promise<string[]>((_, reject) => {
    abortSignal.addEventListener("abort", () => reject(abortSignal.reason), { once: true });
  });

it("waits for the list of groups no longer than it may, and says then why there is none", async () => {
  const { signal } = new AbortController();
  expect(await knownGroupsOf({ knownGroups: silent }, signal, 20)).toEqual({
    known: null,
    because: like("failure", {
      errorCode: "azureTimeout",
      errorMessage: "Azure Resource Manager did not answer within 0.02 s.",
    }),
  });
  const known = await knownGroupsOf({ knownGroups: async () => ["billing"] }, signal, 20);
  expect(known).toEqual({ known: ["billing"], because: null });
});

it("tells why Azure refused the list, and hides neither a caller that left nor a bug", async () => {
  const refused = new AppError("azureUnauthorized", "The list of groups was refused.");
  const { signal } = new AbortController();
  const { because } = await knownGroupsOf({ knownGroups: () => Promise.reject(refused) }, signal);
  expect(because).toEqual(like("failure", { errorCode: "azureUnauthorized" }));
  const caller = new AbortController();
  const asked = knownGroupsOf({ knownGroups: silent }, caller.signal);
  const gone = new Error("The caller left.");
  caller.abort(gone);
  await expect(asked).rejects.toBe(gone);
  const bug = new TypeError("names is undefined");
  await expect(knownGroupsOf({ knownGroups: () => Promise.reject(bug) }, signal)).rejects.toBe(bug);
});
