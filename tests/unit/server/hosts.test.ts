import { expect, it } from "vitest";
import { isKnownHost, isLoopback } from "#lib/server/hosts.ts";

it.each([
  ["127.0.0.1:3000", true],
  ["localhost:3000", true],
  ["LOCALHOST", true],
  ["[::1]:3000", true],
  ["dash.contoso.com", true],
  ["dash.contoso.com:8443", true],
  ["evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["localhost.evil.example", false],
  ["user@localhost", false],
  ["", false],
  [undefined, false],
])("Host %s is known: %s", (host, known) => {
  expect(isKnownHost(host, "127.0.0.1", ["dash.contoso.com"])).toBe(known);
});

it("knows the loopback names", () => {
  expect(isLoopback("127.9.9.9")).toBe(true);
  expect(isLoopback("0.0.0.0")).toBe(false);
});
