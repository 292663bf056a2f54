import { expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { conditionText, tellsMore } from "#lib/client/alerts/alert-words.ts";

it("names a rule's status as the pages do, and nothing worse than the worst", () => {
  expect(conditionText({ status: "stall" })).toBe("Stalled or worse");
  expect(conditionText({ status: "stop" })).toBe("Stopped");
  expect(conditionText({ status: "unknown" })).toBe("Unknown");
});

it("tells an incident's worst only where its head does not say about the same", () => {
  const more = (worst: Reason, head: Reason) => tellsMore(toWire(worst), toWire(head));
  const loss = (secondsUntilLoss: number, partitionIds?: string[]) =>
    reason("lossForeseen", { secondsUntilLoss, ...(partitionIds && { partitionIds }) });
  expect(more(loss(422), loss(426))).toBe(false);
  expect(more(loss(422, ["1"]), loss(426, ["1"]))).toBe(false);
  expect(more(loss(60), loss(426))).toBe(true);
  expect(more(loss(422, ["1", "2"]), loss(426, ["1"]))).toBe(true);
  expect(more(reason("eventsBeingLost", { lostEvents: 5 }), loss(426))).toBe(true);
  expect(more(reason("lagAbove", { lag: 0 }), reason("lagAbove", { lag: 0 }))).toBe(false);
});
