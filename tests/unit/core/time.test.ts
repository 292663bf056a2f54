import { expect, it } from "vitest";
import { toIso } from "#lib/core/time.ts";

it("writes a time as ISO 8601 UTC and keeps an unknown one null", () => {
  expect(toIso(0)).toBe("1970-01-01T00:00:00.000Z");
  expect(toIso(null)).toBeNull();
});
