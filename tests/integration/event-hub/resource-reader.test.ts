import { expect, it, onTestFinished } from "vitest";
import { createResourceReader } from "#lib/event-hub/resource-reader.ts";
import { groupCatalog } from "#lib/server/hubs/group-catalog.ts";
import {
  publicAddress,
  type ResourceManagerWorld,
  startResourceManager,
} from "#tests/support/proxies/resource-manager.ts";

const world: ResourceManagerWorld = {
  subscriptionId: "00000000-0000-4000-8000-000000000000",
  resourceGroup: "streams",
  namespaceName: "contoso",
  eventHubs: { Orders: ["$Default", "Billing", "never-used"], audit: ["$Default"], third: [] },
};

type Policies = NonNullable<Parameters<typeof createResourceReader>[0]["additionalPolicies"]>;

/** Tokens go only to https addresses, so the address changes after the token is set. */
const sentTo = (url: string): Policies[number] => ({
  position: "perRetry",
  policy: {
    name: "sent to the local server",
    sendRequest: (request, next) => {
      request.url = request.url.replace(publicAddress, url);
      request.allowInsecureConnection = true;
      return next(request);
    },
  },
});

async function start(over: Partial<ResourceManagerWorld> = {}) {
  const manager = await startResourceManager({ ...world, ...over });
  onTestFinished(() => manager.stop());
  const reader = createResourceReader({
    ...world,
    resourceManagerUrl: publicAddress,
    additionalPolicies: [sentTo(manager.url)],
    credential: {
      getToken: async () => ({ token: "a-token", expiresOnTimestamp: Date.now() + 3_600_000 }),
    },
  });
  return { manager, reader };
}

it("lists hubs and groups, page by page, in their original casing", async () => {
  const { manager, reader } = await start({ pageSize: 2 });
  expect(await reader.eventHubs()).toEqual(["Orders", "audit", "third"]);
  expect(await reader.consumerGroups("Orders")).toEqual(["$Default", "Billing", "never-used"]);
  expect(manager.requests).toHaveLength(4);
});

it.each([
  [403, "AuthorizationFailed", "azureUnauthorized", "the role Reader on the namespace contoso"],
  [404, "ResourceGroupNotFound", "eventHubNotFound", "check subscriptionId and resourceGroup"],
  [400, "BadRequest", "azureFailed", "400 BadRequest"],
])("tells a refusal with %i in plain words, with the code beside", async (status, code, expected, words) => {
  const { reader } = await start({ refuse: { status, code } });
  await expect(reader.eventHubs()).rejects.toMatchObject({
    name: "AppError",
    code: expected,
    message: expect.stringContaining(words),
  });
});

it("tells a missing resource, and a call that was cancelled", async () => {
  const { manager, reader } = await start();
  await manager.stop();
  await expect(reader.eventHubs()).rejects.toMatchObject({ code: "azureUnreachable", retryable: true });
  const signal = AbortSignal.abort();
  await expect(reader.eventHubs({ abortSignal: signal })).rejects.toMatchObject({ code: "azureTimeout" });
});

it("is asked for a hub's groups every ten minutes, and keeps the last answer while it fails", async () => {
  let now = 0;
  const { manager, reader } = await start();
  const catalog = groupCatalog(reader, "Orders", () => now);
  const ask = () => catalog.consumerGroups({ abortSignal: new AbortController().signal });
  expect(await ask()).toEqual(["$Default", "Billing", "never-used"]);
  await ask();
  expect(manager.requests).toHaveLength(1);
  await manager.stop();
  now += 600_000;
  expect(await ask()).toHaveLength(3);
  expect(catalog.fault()).toMatchObject({ code: "azureUnreachable" });
});
