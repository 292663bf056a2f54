import { sealData } from "iron-session";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { makeToken } from "#lib/server/access/api-tokens.ts";
import { freePort } from "#tests/support/free-port.ts";
import { type Lie, type LyingIssuer, startLyingIssuer } from "#tests/support/proxies/lying-issuer.ts";
import { type Answer, Visitor } from "#tests/support/visitor.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startIdleDashboard } from "#tests/support/worlds/idle-dashboard.ts";

const clientId = "tidemark";
const sessionSecret = "a secret for sessions that has its length";
const good = makeToken();
const expired = makeToken();
const hourMs = 3_600_000;

let issuer: LyingIssuer;
let dashboard: TestDashboard;
let visits = 0;

beforeAll(async () => {
  issuer = await startLyingIssuer(clientId);
  const port = await freePort();
  const token = (name: string, sha256: string, ms: number) => ({
    name,
    sha256,
    role: "viewer",
    expiresAt: new Date(Date.now() + ms).toISOString(),
  });
  dashboard = await startIdleDashboard(
    { access: { tokens: [token("good", good.sha256, hourMs), token("expired", expired.sha256, -1_000)] } },
    {
      PORT: String(port),
      TIDEMARK_AUTH: "oidc",
      TIDEMARK_PUBLIC_URL: `http://127.0.0.1:${port}`,
      TIDEMARK_PROXY_ADDRESSES: "127.0.0.1",
      TIDEMARK_OIDC_ISSUER: issuer.url,
      TIDEMARK_OIDC_CLIENT_ID: clientId,
      TIDEMARK_OIDC_CLIENT_SECRET: "the-secret-of-the-client",
      TIDEMARK_SESSION_SECRET: sessionSecret,
    },
  );
}, 60_000);

afterAll(async () => {
  await dashboard?.end();
  issuer?.stop();
});

const visitor = () => new Visitor(dashboard.url);
const statusOfMe = async (headers: Record<string, string>) =>
  (await visitor().ask("/api/v1/me", headers)).status;

/**
 * Returns the state it ends in, or the code of the refusal. Each sign-in has an address of its own, since
 * sign-ins are counted by address.
 */
async function signInByDevice(): Promise<string> {
  visits += 1;
  const address = `192.0.2.${visits}`;
  const post = async (path: string, body: object) => {
    const response = await fetch(`${dashboard.url}/api/v1/sign-in/device${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": address },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { attempt?: string; state?: string; error?: { code: string } };
  };
  const { attempt } = await post("", {});
  const { state, error } = await post("/session", { attempt });
  return state ?? error?.code ?? "";
}

function expectRefusal({ status, text, cookie }: Answer): void {
  expect(status).toBe(401);
  expect(text).toContain("The sign-in failed");
  expect(text).toMatch(/<a [^>]*href="\/sign-in(\?return=[^"]*)?"[^>]*>Try again/);
  expect(text).not.toMatch(/Error|\bat .*:\d+:\d+/);
  expect(cookie).toBe("");
}

it("signs in whoever the issuer truthfully vouches for", async () => {
  const back = await visitor().signIn();
  expect([back.status, back.headers.get("location")]).toEqual([302, "/event-hubs/orders"]);
  const me = await visitor().ask("/api/v1/me", { cookie: back.cookie });
  expect(JSON.parse(me.text)).toMatchObject({ name: "viewer", role: "viewer", kind: "person" });
});

const now = Math.floor(Date.now() / 1000);

describe("an ID token", () => {
  it.each<[string, Lie]>([
    ["that has expired", { claims: { iat: now - 7_200, exp: now - 3_600 } }],
    ["without an expiry", { claims: { exp: undefined } }],
    ["of a time to come", { claims: { nbf: now + 3_600 } }],
    ["for another audience", { claims: { aud: "another" } }],
    ["for another party of several", { claims: { aud: [clientId, "another"], azp: "another" } }],
    ["of another issuer", { claims: { iss: "https://login.example" } }],
    ["of another sign-in", { claims: { nonce: "another" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["about nobody", { claims: { sub: undefined } }],
    ["signed with a key that is not the issuer's", { signed: "byAnother" }],
    ["signed by nobody", { signed: "byNobody" }],
    ["that is not there", { withoutIdToken: true }],
  ])("%s signs nobody in", async (_, lie) => {
    onTestFinished(() => issuer.lie({}));
    issuer.lie(lie);
    expectRefusal(await visitor().signIn());
    // By device code nothing comes through the browser, so there is no nonce.
    if (lie.claims === undefined || !("nonce" in lie.claims))
      expect(await signInByDevice()).toBe("issuerFailed");
  });

  it("is accepted after the issuer has changed its key", async () => {
    expect((await visitor().signIn()).status).toBe(302);
    issuer.changeKey();
    expect((await visitor().signIn()).status).toBe(302);
    expect(await signInByDevice()).toBe("signedIn");
    issuer.changeKey();
    expect(await signInByDevice()).toBe("signedIn");
  });
});

describe("the callback from the issuer", () => {
  it("is good once", async () => {
    const one = visitor();
    const underway = await one.begin();
    expect((await one.finish(underway)).status).toBe(302);
    expectRefusal(await one.finish(underway));
  });

  it("takes no code that was used before", async () => {
    const one = visitor();
    const used = await one.begin();
    await one.finish(used);
    const { cookie, callback } = await one.begin();
    const replayed = new URL(callback);
    replayed.searchParams.set("code", new URL(used.callback).searchParams.get("code") ?? "");
    expectRefusal(await one.finish({ cookie, callback: replayed.href }));
  });

  it("belongs to the browser that set out, and another's attempt does not interfere", async () => {
    const [mine, theirs] = [await visitor().begin(), await visitor().begin()];
    expectRefusal(await visitor().finish({ cookie: theirs.cookie, callback: mine.callback }));
    expectRefusal(await visitor().finish({ cookie: "", callback: mine.callback }));
    const [name = ""] = theirs.cookie.split("=");
    const renamed = `${name}=${mine.cookie.slice(mine.cookie.indexOf("=") + 1)}`;
    expectRefusal(await visitor().finish({ cookie: renamed, callback: theirs.callback }));
    expect((await visitor().finish(mine)).status).toBe(302);
  });

  it("repeats nothing from its address", async () => {
    const underway = await visitor().begin();
    const refused = new URL(underway.callback);
    refused.searchParams.delete("code");
    refused.searchParams.set("error", "access_denied");
    refused.searchParams.set("error_description", "Call 555 and tell them your password");
    const told = await visitor().finish({ ...underway, callback: refused.href });
    expectRefusal(told);
    expect(told.text).not.toContain("555");
  });
});

describe("a session", () => {
  const claims = { key: "v-1", name: "viewer", values: ["viewer"], hasTooManyGroups: false };
  const forged = async (over: object, password = sessionSecret) => {
    const session = { id: "s-1", ...claims, until: Date.now() + hourMs, ...over };
    return { cookie: `tidemark-session=${await sealData(session, { password, ttl: 3_600 })}` };
  };

  it("is good if it was sealed with the dashboard's secret and is not over", async () => {
    expect(await statusOfMe(await forged({}))).toBe(200);
    expect(await statusOfMe(await forged({ until: Date.now() - 1 }))).toBe(401);
    expect(await statusOfMe(await forged({}, "another secret that has its length too"))).toBe(401);
  });

  it("is refused if it was changed, or if it is something else that was sealed", async () => {
    const underway = await visitor().begin();
    const { cookie } = await visitor().finish(underway);
    const session = /tidemark-session=([^;]+)/.exec(cookie)?.[1] ?? "";
    expect(await statusOfMe({ cookie: `tidemark-session=${session}` })).toBe(200);
    const middle = session.length >> 1;
    const flipped = session[middle] === "A" ? "B" : "A";
    const sealed = (text: string) => text.slice(text.indexOf("=") + 1);
    for (const other of [
      session.slice(0, middle) + flipped + session.slice(middle + 1),
      session.slice(0, -5),
      sealed(underway.cookie),
      sealed(cookie.split("; ").find((text) => text.startsWith("tidemark-id=")) ?? ""),
    ]) {
      expect(await statusOfMe({ cookie: `tidemark-session=${other}` })).toBe(401);
    }
  });

  it("is over after sign-out, along with its streams, also for whoever kept its cookie", async () => {
    const { cookie } = await visitor().signIn();
    const stream = await fetch(`${dashboard.url}/api/v1/stream`, { headers: { cookie } });
    const isCut = stream.text().then(
      () => true,
      () => true,
    );
    const out = await visitor().ask("/api/v1/sign-out", { cookie }, "POST");
    expect([out.status, out.cookie]).toEqual([200, ""]);
    expect(await statusOfMe({ cookie })).toBe(401);
    expect(await isCut).toBe(true);
  });
});

describe("an API token", () => {
  it.each([
    ["known", `Bearer ${good.token}`, 200],
    ["expired", `Bearer ${expired.token}`, 401],
    ["unknown", `Bearer ${makeToken().token}`, 401],
    ["cut", `Bearer ${good.token.slice(0, -1)}`, 401],
    ["of no scheme", good.token, 401],
    ["of another scheme", `Basic ${good.token}`, 401],
    ["one of two", `Bearer ${good.token}, Bearer ${good.token}`, 401],
    ["its hash", `Bearer ${good.sha256}`, 401],
    ["nothing", "Bearer", 401],
  ])("is refused when it is %s", async (_, authorization, status) => {
    expect(await statusOfMe({ authorization })).toBe(status);
  });

  it("counts only in its own header", async () => {
    expect((await visitor().ask(`/api/v1/me?access_token=${good.token}`)).status).toBe(401);
    expect(await statusOfMe({ cookie: `tidemark-session=${good.token}` })).toBe(401);
    expect(await statusOfMe({ "x-api-key": good.token })).toBe(401);
  });
});

it("slows down whoever tries again and again, to sign in or with tokens, and nobody else", async () => {
  const eager = visitor();
  const tries = async (path: string, headers: Record<string, string>) => {
    for (let count = 1; count <= 100; count += 1) {
      const { status, headers: told } = await eager.ask(path, headers);
      if (status === 429) return { count, seconds: Number(told.get("retry-after")) };
    }
    return null;
  };
  // Some come back while it is tried: one in 2 s, and one each second.
  const signIns = await tries("/sign-in", {});
  expect(signIns?.count).toBeGreaterThan(30);
  expect([1, 2]).toContain(signIns?.seconds);
  const tokens = await tries("/api/v1/me", { authorization: `Bearer ${makeToken().token}` });
  expect(tokens?.count).toBeGreaterThan(60);
  expect(tokens?.seconds).toBe(1);
  expect((await visitor().signIn()).status).toBe(302);
});

it("logs that sign-ins failed, and nothing usable for one", async () => {
  await vi.waitFor(() => expect(dashboard.output()).toContain("A sign-in failed."), 10_000);
  expect(dashboard.output()).not.toMatch(/eyJ[\w-]{20}|the-secret-of-the-client|Fe26|tidemark_/);
});
