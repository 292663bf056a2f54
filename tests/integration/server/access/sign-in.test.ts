import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { connectTools } from "#tests/support/fixtures/tool-client.ts";
import { accessToken, FormBrowser, type TestIssuer } from "#tests/support/proxies/issuer.ts";
import { startSigningIn } from "#tests/support/signing-in.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

let world: LocalWorld;
let issuer: TestIssuer;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([{ name: "orders", partitionCount: 1, consumerGroups: ["billing"] }]);
  const orders = world.hubConfig("orders", { consumerGroups: ["billing"] });
  ({ dashboard, issuer } = await startSigningIn({ refreshSeconds: 1, mcp: true, eventHubs: [orders] }));
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 10_000);
}, 60_000);

afterAll(async () => {
  await dashboard?.end();
  issuer?.stop();
  await world?.stop();
});

it("lets nobody behind the door who has not signed in", async () => {
  for (const path of ["/api/v1/overview", "/api/v1/activity", "/api/v1/stream", "/metrics"]) {
    expect((await fetch(dashboard.url + path)).status, path).toBe(401);
  }
  const page = await fetch(`${dashboard.url}/`, { redirect: "manual", headers: { accept: "text/html" } });
  expect([302, 303, 307, 401]).toContain(page.status);
  expect(await page.text()).not.toContain("billing");
});

it("signs in at a real issuer, knows the role, and refuses what it does not reach", async () => {
  const browser = new FormBrowser();
  const back = await browser.signIn(`${dashboard.url}/event-hubs/orders`, "viewer");
  expect([back.url, back.status]).toEqual([`${dashboard.url}/event-hubs/orders`, 200]);
  const me = await browser.open(`${dashboard.url}/api/v1/me`);
  expect(JSON.parse(me.text)).toMatchObject({ kind: "person", role: "viewer" });
  expect((await browser.open(`${dashboard.url}/api/v1/alerts`)).status).toBe(403);
});

it("tells an account without a role whom to ask, and shows it nothing", async () => {
  const browser = new FormBrowser();
  const back = await browser.signIn(`${dashboard.url}/`, "stranger");
  expect(back.status).toBe(403);
  expect((await browser.open(`${dashboard.url}/api/v1/overview`)).status).toBe(403);
});

it("takes no answer to a sign-in that this browser did not begin", async () => {
  const forged = await new FormBrowser().open(`${dashboard.url}/sign-in/callback?code=abc&state=def`);
  expect(forged.status).toBeGreaterThanOrEqual(400);
  expect(forged.text).not.toContain("billing");
});

it("takes no forged session", async () => {
  for (const cookie of ["tidemark=Fe26.2*forged", "tidemark-session=Fe26.2*1*x*y*z"]) {
    const answer = await fetch(`${dashboard.url}/api/v1/overview`, { headers: { cookie } });
    expect(answer.status).toBe(401);
  }
});

it("admits an assistant by the issuer's access token, within its scopes and the person's roles", async () => {
  const publicUrl = dashboard.url;
  const resource = `${publicUrl}/mcp`;
  const ask = (token: string) =>
    fetch(resource, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: "{}",
    });
  const metadataAt = `${publicUrl}/.well-known/oauth-protected-resource/mcp`;
  expect((await ask("none")).headers.get("www-authenticate")).toContain(`resource_metadata="${metadataAt}"`);
  expect(await (await fetch(metadataAt)).json()).toMatchObject({
    resource,
    authorization_servers: [issuer.url],
    scopes_supported: ["tidemark.viewer", "tidemark.operator", "tidemark.admin"],
  });
  const tokenOf = (account: string, scope: string, of = resource) =>
    accessToken(issuer, { account, scope, resource: of, publicUrl });
  const asked = {
    hub: "orders",
    group: "billing",
    partitions: "all",
    target: { kind: "earliest" },
  };
  for (const [account, scope, code] of [
    ["admin", "tidemark.operator", null],
    ["admin", "tidemark.viewer", "forbidden"],
    ["viewer", "tidemark.admin", "forbidden"],
  ] as const) {
    const headers = { authorization: `Bearer ${await tokenOf(account, scope)}` };
    const tools = await connectTools(publicUrl, headers, null);
    expect((await tools.call("group", { hub: "orders", group: "billing" })).isError).toBe(false);
    expect([account, scope, (await tools.call("plan_reset", asked)).data.code ?? null]).toEqual([
      account,
      scope,
      code,
    ]);
    // Access tokens are for the tools alone.
    expect((await fetch(`${publicUrl}/api/v1/overview`, { headers })).status).toBe(401);
  }
  const without = await ask(await tokenOf("admin", "profile"));
  expect([without.status, without.headers.get("www-authenticate")]).toEqual([
    403,
    expect.stringContaining("insufficient_scope"),
  ]);
  const elsewhere = await tokenOf("admin", "tidemark.admin", "https://elsewhere.example/mcp");
  expect((await ask(elsewhere)).status).toBe(401);
  const [head, body, signature = ""] = (await tokenOf("viewer", "tidemark.viewer")).split(".");
  const forged = Buffer.from(
    JSON.stringify({ ...JSON.parse(String(Buffer.from(body ?? "", "base64url"))), roles: ["admin"] }),
  );
  expect((await ask(`${head}.${forged.toString("base64url")}.${signature}`)).status).toBe(401);
});
