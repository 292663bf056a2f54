import { expect, it } from "vitest";
import { conditionText } from "#lib/client/alerts/alert-words.ts";

it("names a rule's status as the pages do, and nothing worse than the worst", () => {
  expect(conditionText({ status: "stall" })).toBe("Stalled or worse");
  expect(conditionText({ status: "stop" })).toBe("Stopped");
  expect(conditionText({ status: "unknown" })).toBe("Unknown");
});
