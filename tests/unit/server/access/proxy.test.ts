import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { Secret } from "#lib/core/secret.ts";
import { authenticator } from "#lib/server/access/authenticate.ts";
import type { AccessConfig, ProxyConfig } from "#lib/server/config/access-config.ts";
import { readAccess } from "#lib/server/config/access-settings.ts";

const shared = "what the proxy and the dashboard share";
const proxied: ProxyConfig = { kind: "proxy", headers: "oauth2Proxy", secret: null };

function access(over: Partial<ProxyConfig>, proxies: readonly string[]): AccessConfig {
  const file = { rolesClaim: "roles", tokens: [], probes: "open" as const };
  return { ...readAccess({}, file, null, () => {}), auth: { ...proxied, ...over }, proxies };
}

async function callerOf(config: AccessConfig, headers: Record<string, string>, from = "10.1.2.3") {
  const rawHeaders = Object.entries(headers).flat();
  const request = { headers, rawHeaders, socket: { remoteAddress: from } } as unknown as IncomingMessage;
  const { caller } = await authenticator(config, null)(request, Date.now());
  return caller === null ? null : `${caller.name}: ${caller.role}`;
}

const told = { "x-forwarded-user": "u1", "x-forwarded-email": "admin@contoso.example" };
const asAdmin = { ...told, "x-forwarded-groups": "staff,admin" };
const withSecret = { ...asAdmin, "x-tidemark-proxy-secret": shared };

it("takes a proxy's word only with the shared secret", async () => {
  const config = access({ secret: new Secret(shared) }, []);
  expect(await callerOf(config, withSecret)).toBe("admin@contoso.example: admin");
  expect(await callerOf(config, asAdmin)).toBeNull();
  expect(await callerOf(config, { ...asAdmin, "x-tidemark-proxy-secret": `${shared}.` })).toBeNull();
  expect(await callerOf(config, { ...asAdmin, "x-tidemark-proxy-secret": "" })).toBeNull();
});

it("takes a proxy's word only from its address, whatever others claim to forward", async () => {
  const config = access({}, ["10.1.2.0/24", "fd00::1"]);
  expect(await callerOf(config, asAdmin)).toBe("admin@contoso.example: admin");
  expect(await callerOf(config, asAdmin, "::ffff:10.1.2.9")).toBe("admin@contoso.example: admin");
  expect(await callerOf(config, { ...asAdmin, "x-forwarded-for": "10.1.2.3" }, "10.9.9.9")).toBeNull();
});

it("wants both when both are set", async () => {
  const config = access({ secret: new Secret(shared) }, ["10.1.2.3"]);
  expect(await callerOf(config, withSecret)).toBe("admin@contoso.example: admin");
  expect(await callerOf(config, withSecret, "10.1.2.4")).toBeNull();
  expect(await callerOf(config, asAdmin)).toBeNull();
});

it("knows nobody when a header is repeated, and no role when no group has one", async () => {
  const config = access({}, ["10.1.2.3"]);
  const rawHeaders = ["X-Forwarded-User", "u1", "X-Forwarded-User", "u2"];
  const socket = { remoteAddress: "10.1.2.3" };
  const request = { headers: asAdmin, rawHeaders, socket } as unknown as IncomingMessage;
  expect((await authenticator(config, null)(request, 0)).caller).toBeNull();
  expect(await callerOf(config, told)).toBe("admin@contoso.example: null");
});

it("reads the roles of App Service's principal, and ignores other proxies' headers", async () => {
  const config = access({ headers: "easyAuth" }, ["10.1.2.3"]);
  const principal = (claims: { typ: string; val: string }[]) => ({
    "x-ms-client-principal": Buffer.from(JSON.stringify({ claims })).toString("base64"),
    "x-ms-client-principal-name": "operator@contoso.example",
  });
  const operator = principal([{ typ: "roles", val: "operator" }]);
  expect(await callerOf(config, operator)).toBe("operator@contoso.example: operator");
  expect(await callerOf(config, { ...principal([]), ...asAdmin })).toBe("operator@contoso.example: null");
  expect(await callerOf(config, { ...operator, "x-ms-client-principal": "no json" })).toBeNull();
  expect(await callerOf(config, asAdmin)).toBeNull();
});
