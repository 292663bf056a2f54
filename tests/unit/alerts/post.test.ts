import { expect, it } from "vitest";
import { retryAfterSeconds } from "#lib/alerts/channels/post.ts";

const now = Date.parse("2026-03-02T14:30:00Z");

it.each([
  [null, null],
  ["", null],
  ["soon", null],
  ["0", 0],
  ["17", 17],
  ["86400", 3_600],
  ["Mon, 02 Mar 2026 14:30:30 GMT", 30],
  ["Mon, 02 Mar 2026 14:29:00 GMT", 0],
])("Retry-After: %j asks for %j seconds", (header, seconds) => {
  expect(retryAfterSeconds(header, now)).toBe(seconds);
});
