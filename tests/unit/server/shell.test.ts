import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { admit, refusalOf } from "#lib/server/http/shell.ts";

const known = { hostname: "127.0.0.1", allowedHosts: [], publicUrl: "https://lag.contoso.com" };
const host = "127.0.0.1:3000";

function refusal(method: string, headers: Record<string, string>): string | null {
  return refusalOf({ method, url: "/api/v1/x", headers: { host, ...headers } }, known)?.code ?? null;
}

describe("the shell", () => {
  it.each([
    ["GET", {}, null],
    ["GET", { host: "evil.example" }, "forbidden"],
    ["GET", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, null],
    ["POST", { "content-type": "application/json", "content-length": "2" }, null],
    ["POST", { "content-type": "application/json; charset=utf-8", origin: `http://${host}` }, null],
    ["POST", { "content-type": "application/json", origin: "https://evil.example" }, "forbidden"],
    ["POST", { "content-type": "application/json", origin: "null" }, "forbidden"],
    ["POST", { "content-type": "application/json", "sec-fetch-site": "cross-site" }, "forbidden"],
    ["DELETE", { "sec-fetch-site": "same-site" }, "forbidden"],
    ["POST", { "content-type": "text/plain", "content-length": "2" }, "invalidRequest"],
    ["POST", { "content-length": "2" }, "invalidRequest"],
    ["POST", { "transfer-encoding": "chunked" }, "invalidRequest"],
    ["POST", { "sec-fetch-site": "same-origin" }, null],
    ["GET", { connection: "Upgrade", upgrade: "websocket" }, "invalidRequest"],
    ["GET", { connection: "Upgrade", upgrade: "h2c, websocket" }, "invalidRequest"],
    ["GET", { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c" }, null],
    ["GET", { connection: "Upgrade", upgrade: "h2c", host: "evil.example" }, "forbidden"],
    ["GET", { connection: "upgrade" }, null],
  ])("%s with %j: %s", (method, headers, code) => {
    expect(refusal(method, headers)).toBe(code);
  });

  it("accepts a change from the page's public address, by whatever name a proxy asks", () => {
    const json = { "content-type": "application/json" };
    expect(refusal("POST", { ...json, origin: "https://lag.contoso.com" })).toBeNull();
    expect(refusal("POST", { ...json, origin: "http://lag.contoso.com" })).toBe("forbidden");
  });

  it("lets probes and scrapers come by the address alone", () => {
    const of = (url: string, name: string) =>
      refusalOf({ method: "GET", url, headers: { host: name } }, known)?.code ?? null;
    expect(of("/metrics", "10.1.2.3:3000")).toBeNull();
    expect(of("/healthz", "[fd00::1]:3000")).toBeNull();
    expect(of("/metrics", "evil.example")).toBe("forbidden");
    expect(of("/metricsx", "10.1.2.3:3000")).toBe("forbidden");
    expect(of("/", "10.1.2.3:3000")).toBe("forbidden");
  });

  it.each([
    "/_next/static/../../api/v1/overview",
    "/api/v1/./stream",
    "/a/%2e%2e/api",
    "/a\\b",
    "/a#b",
    "/<b>",
  ])("refuses %s, which means something else than it says", (url) => {
    expect(refusalOf({ method: "GET", url, headers: { host } }, known)?.code).toBe("invalidRequest");
  });

  it("allows changes only through the API, and only by known methods", () => {
    const of = (method: string, url: string) => refusalOf({ method, url, headers: { host } }, known)?.code;
    expect(of("POST", "/event-hubs/orders")).toBe("methodNotAllowed");
    expect(of("TRACE", "/api/v1/overview")).toBe("methodNotAllowed");
    expect(of("OPTIONS", "/api/v1/overview")).toBe("methodNotAllowed");
    expect(of("DELETE", "/api/v1/overview")).toBeUndefined();
  });

  it.each(["http://evil.example/api/v1/overview", "*", "//evil.example/"])("refuses the target %s", (url) => {
    expect(refusalOf({ method: "GET", url, headers: { host } }, known)?.code).toBe("invalidRequest");
  });

  it.each(["/%E0%A4%A", "/api/v1/event-hubs/%", "/?a=%00"])("refuses %s, which is no text", (url) => {
    expect(refusalOf({ method: "GET", url, headers: { host } }, known)?.code).toBe("invalidRequest");
  });

  it("shows none of the framework's own pages", () => {
    const of = (url: string) => refusalOf({ method: "GET", url, headers: { host } }, known)?.code ?? null;
    expect([of("/_global-error"), of("/_error"), of("/_nextx")]).toEqual([
      "notFound",
      "notFound",
      "notFound",
    ]);
    expect(of("/_next/static/a.js")).toBeNull();
  });

  it("refuses an endless address", () => {
    const url = `/${"a".repeat(5000)}`;
    expect(refusalOf({ method: "GET", url, headers: { host } }, known)?.code).toBe("invalidRequest");
  });
});

it("asks browsers to stay with TLS only when people come by it", () => {
  const hsts = (publicUrl: string | null) => {
    const set = new Map<string, string>();
    const response = { setHeader: (name: string, value: string) => set.set(name, value) };
    const request = { method: "GET", url: "/", headers: { host } } as IncomingMessage;
    expect(admit(request, response as unknown as ServerResponse, { ...known, publicUrl })).toBe(true);
    return set.get("strict-transport-security");
  };
  expect(hsts("https://lag.contoso.com")).toMatch(/^max-age=\d{8}/);
  expect(hsts("http://127.0.0.1:3000")).toBeUndefined();
  expect(hsts(null)).toBeUndefined();
});
