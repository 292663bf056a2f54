import { describe, expect, it } from "vitest";
import { hubString, load, problems, store } from "./loading.ts";

const hub = { connectionString: hubString, checkpointStores: [store] };
const secret = "0123456789abcdef0123456789abcdef";
const oidc = {
  TIDEMARK_AUTH: "oidc",
  TIDEMARK_PUBLIC_URL: "https://tidemark.example",
  TIDEMARK_OIDC_ISSUER: "https://login.microsoftonline.com/8f0e/v2.0",
  TIDEMARK_OIDC_CLIENT_ID: "tidemark",
  TIDEMARK_SESSION_SECRET: secret,
};
const proxy = { TIDEMARK_AUTH: "proxy", TIDEMARK_PROXY_HEADERS: "easyAuth", TIDEMARK_PROXY_SECRET: secret };

const faults = (env: Record<string, string>, access?: object) =>
  problems(() => load({ eventHubs: [hub], ...(access && { access }) }, env));

describe("faults in the access settings", () => {
  it.each<[Record<string, string>, RegExp]>([
    [{ TIDEMARK_PUBLIC_URL: "" }, /^TIDEMARK_PUBLIC_URL: is missing/],
    [{ TIDEMARK_PUBLIC_URL: "http://tidemark.example" }, /^TIDEMARK_PUBLIC_URL: must be https/],
    [{ TIDEMARK_PUBLIC_URL: "https://ops.example/tidemark" }, /^TIDEMARK_PUBLIC_URL: has a path, and/],
    [{ TIDEMARK_PUBLIC_URL: "https://tidemark.example/?x" }, /^TIDEMARK_PUBLIC_URL: must be the address/],
    [
      { TIDEMARK_OIDC_ISSUER: "http://issuer.example" },
      /^TIDEMARK_OIDC_ISSUER: must be the issuer's https URL/,
    ],
    [
      { TIDEMARK_OIDC_ISSUER: "https://login.microsoftonline.com/common/v2.0" },
      /^TIDEMARK_OIDC_ISSUER: must name one tenant/,
    ],
    [{ TIDEMARK_OIDC_CLIENT_ID: " " }, /^TIDEMARK_OIDC_CLIENT_ID: is missing/],
    [{ TIDEMARK_SESSION_SECRET: "" }, /^TIDEMARK_SESSION_SECRET: is missing/],
    [{ TIDEMARK_SESSION_SECRET: secret.slice(1) }, /^TIDEMARK_SESSION_SECRET: is too short/],
    [{ TIDEMARK_SESSION_MINUTES: "0" }, /^TIDEMARK_SESSION_MINUTES: .* from 1 to 1440/],
    [{ TIDEMARK_OIDC_SCOPE: "profile" }, /^TIDEMARK_OIDC_SCOPE: must contain openid/],
    [{ TIDEMARK_AUTH: "" }, /^TIDEMARK_AUTH: is missing, though TIDEMARK_OIDC_ISSUER is set/],
    [{ TIDEMARK_AUTH: "ldap" }, /^TIDEMARK_AUTH: must be none, oidc or proxy/],
  ])("are told once, for the issuer with %j", (over, sentence) => {
    const found = faults({ ...oidc, ...over });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
    expect(found[0]).not.toContain(secret.slice(1));
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ TIDEMARK_PROXY_HEADERS: "nginx" }, /^TIDEMARK_PROXY_HEADERS: must be easyAuth or oauth2Proxy/],
    [{ TIDEMARK_PROXY_SECRET: "" }, /^TIDEMARK_PROXY_ADDRESSES, TIDEMARK_PROXY_SECRET: set one or both/],
    [{ TIDEMARK_PROXY_SECRET: "short" }, /^TIDEMARK_PROXY_SECRET: is too short/],
    [{ TIDEMARK_PROXY_ADDRESSES: "10.0.0.0/40" }, /^TIDEMARK_PROXY_ADDRESSES: "10.0.0.0\/40" is no address/],
  ])("are told once, for the proxy with %j", (over, sentence) => {
    const found = faults({ ...proxy, ...over });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  it("are told for every entry of the file, in words", () => {
    const token = { name: "a b", sha256: "abc", role: "owner", expiresAt: "tomorrow" };
    const grants = [{ role: "owner", values: [], hubs: [""] }];
    const found = faults({}, { contact: "", metrics: "closed", grants, tokens: [token], rolesclaim: "x" });
    expect(found.toSorted()).toEqual([
      "access.contact: must not be blank",
      "access.grants[0].hubs[0]: must not be blank",
      "access.grants[0].role: must be viewer, operator or admin",
      "access.grants[0].values: must hold one at least",
      "access.metrics: must be open or token",
      "access.tokens[0].expiresAt: must be a time such as 2027-01-01T00:00:00Z",
      "access.tokens[0].name: must be of letters, digits, dots, dashes and underscores",
      "access.tokens[0].role: must be viewer, operator or admin",
      "access.tokens[0].sha256: must be 64 hexadecimal digits, as `npm run token` prints them",
      'access: unknown key "rolesclaim"',
    ]);
  });

  it("are none when everything is there, nor when no sign-in was chosen explicitly", () => {
    for (const env of [oidc, proxy, { ...oidc, TIDEMARK_AUTH: "none" }]) {
      expect(() => load({ eventHubs: [hub] }, env)).not.toThrow();
    }
    const loopback = { ...oidc, TIDEMARK_OIDC_ISSUER: "http://127.0.0.1:4000" };
    expect(() => load({ eventHubs: [hub] }, loopback)).not.toThrow();
  });
});
