import type { AccessToken } from "@azure/core-auth";
import { expect, it, vi } from "vitest";
import { tokenWithin } from "#lib/event-hub/credential.ts";

const scope = "https://eventhubs.azure.net/.default";
const token: AccessToken = { token: "a", expiresOnTimestamp: 1 };

it("asks once for everybody who waits for the same token, and again for the next", async () => {
  const getToken = vi.fn(async () => token);
  const credential = { getToken };
  const ask = () => tokenWithin(credential, scope, {}, 1_000);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([token, token, token]);
  expect(getToken).toHaveBeenCalledOnce();
  await ask();
  expect(getToken).toHaveBeenCalledTimes(2);
});

it("keeps requests with different challenges apart", async () => {
  const getToken = vi.fn(async () => token);
  const credential = { getToken };
  await Promise.all([
    tokenWithin(credential, scope, {}, 1_000),
    tokenWithin(credential, scope, { claims: "c", tenantId: "t" }, 1_000),
  ]);
  expect(getToken.mock.calls).toEqual([
    [scope, {}],
    [scope, { claims: "c", tenantId: "t" }],
  ]);
});

it("reports a refusal as it is, and silence as a missing identity", async () => {
  const refused = new Error("no");
  await expect(tokenWithin({ getToken: () => Promise.reject(refused) }, scope, {}, 1_000)).rejects.toBe(
    refused,
  );
  const silent = { getToken: () => new Promise<never>(() => {}) };
  await expect(tokenWithin(silent, scope, {}, 5)).rejects.toMatchObject({
    name: "CredentialUnavailableError",
    message: "No token came from any source of identity within 0.005 s.",
  });
});
