import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tidemark } from "#tests/support/command-line.ts";
import { makeAccounts } from "#tests/support/fixtures/accounts.ts";
import { FormBrowser, type TestIssuer } from "#tests/support/proxies/issuer.ts";
import { startSilentService } from "#tests/support/proxies/silent-service.ts";
import { startSigningIn } from "#tests/support/signing-in.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";

const { entries, headers } = makeAccounts({ admin: { role: "admin" } });
const home = mkdtempSync(join(tmpdir(), "tidemark-login-"));
const file = join(home, "tidemark", "sign-ins.json");
let silent: Awaited<ReturnType<typeof startSilentService>>;
let issuer: TestIssuer;
let dashboard: TestDashboard;

beforeAll(async () => {
  silent = await startSilentService();
  const store = { connectionString: "UseDevelopmentStorage=true", container: "checkpoints" };
  const { connectionString } = silent;
  const hub = { eventHubName: "orders", connectionString, checkpointStores: [store] };
  ({ dashboard, issuer } = await startSigningIn({ eventHubs: [hub], access: { tokens: entries } }));
}, 120_000);
afterAll(async () => {
  await dashboard?.end();
  issuer?.stop();
  await silent?.stop();
  rmSync(home, { recursive: true });
});

const run = (args: string[], heard?: (stderr: string) => void) =>
  tidemark({ TIDEMARK_URL: dashboard.url, XDG_CONFIG_HOME: home }, args, "", heard);
const post = async (path: string, body: object = {}) => {
  const response = await fetch(`${dashboard.url}/api/v1/sign-in/device${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

it("signs in by device code, is known by it in every command, and signs out", async () => {
  expect(await run(["groups"])).toMatchObject({ code: 4 });
  let answered: Promise<unknown> | null = null;
  const login = await run(["login", "-o", "json"], (stderr) => {
    const [, uri] = /Or open (\S+)\n/.exec(stderr) ?? [];
    if (uri !== undefined) answered ??= new FormBrowser().answerDevice(uri, "operator");
  });
  await answered;
  expect(login, login.stderr).toMatchObject({ code: 0 });
  expect(login.stderr).toMatch(/^Open \S+\/device and enter the code \S{4}-\S{4}\.$/m);
  expect(JSON.parse(login.stdout)).toMatchObject({ url: dashboard.url, name: "operator" });
  expect(statSync(file).mode & 0o777).toBe(0o600);

  expect(await run(["groups", "-o", "json"])).toMatchObject({ code: 0 });
  const { cookie } = JSON.parse(readFileSync(file, "utf8"))[dashboard.url];
  const me = () => fetch(`${dashboard.url}/api/v1/me`, { headers: { cookie } });
  expect(await (await me()).json()).toMatchObject({ kind: "person", role: "operator", canSignOut: true });
  expect(await run(["groups", "--token", "tidemark_x"])).toMatchObject({ code: 4 });

  const logout = await run(["logout"]);
  expect(logout).toMatchObject({ code: 0, stderr: `operator is signed out of ${dashboard.url}.\n` });
  expect([existsSync(file), (await me()).status]).toEqual([false, 401]);
  expect(await run(["logout"])).toMatchObject({ code: 0, stderr: expect.stringContaining("No sign-in") });
}, 120_000);

it("gives no session where the person declines, a second time, or for what was never begun", async () => {
  const begun = await post("");
  expect(begun.status).toBe(200);
  const { attempt, verificationUriComplete } = begun.body;
  expect(await post("/session", { attempt })).toEqual({
    status: 200,
    body: { state: "pending", slowDown: false },
  });
  await new FormBrowser().answerDevice(verificationUriComplete, null);
  const declined = await post("/session", { attempt });
  expect([declined.status, declined.body.error.code]).toEqual([401, "unauthenticated"]);

  const second = await post("");
  await new FormBrowser().answerDevice(second.body.verificationUriComplete, "viewer");
  const used = { attempt: second.body.attempt };
  expect((await post("/session", used)).body).toMatchObject({ state: "signedIn", name: "viewer" });
  expect((await post("/session", used)).status).toBe(401);
  expect((await post("/session", { attempt: `${attempt}x` })).status).toBe(401);

  const activity = await fetch(`${dashboard.url}/api/v1/activity`, { headers: headers.admin });
  const told = await activity.text();
  expect(told).toContain("A sign-in by device code failed");
  expect(told).not.toContain(attempt);
}, 120_000);

it("says so where the issuer is away", async () => {
  issuer.away = true;
  const login = await run(["login"]);
  issuer.away = false;
  expect(login).toMatchObject({ code: 1, stderr: expect.stringMatching(/\(issuerFailed\)/) });
});
