import { expect, it } from "vitest";
import type { EventHub } from "#lib/api/event-hub.ts";
import {
  needsCheckpoints,
  ratesNeedTime,
  unread,
  whyDash,
  whyNoGroups,
  whyNoneIsKnown,
  whyNoRateOut,
  whyNotKnown,
} from "#lib/client/lag/why-not-known.ts";
import { ago, fixtureGroup } from "#tests/support/worlds/fixture-world.ts";

const unknown = (more: Parameters<typeof fixtureGroup>[0]) =>
  fixtureGroup({ status: "unknown", lagSeconds: null, ...more });

it.each([
  [{ statusCause: null, eventsInPerSecond: null }, ratesNeedTime],
  [{ statusCause: null, eventsInPerSecond: 0 }, needsCheckpoints],
  [{ statusCause: null, eventsInPerSecond: 8, lostEvents: 280 }, "retention has overtaken it"],
  [{ statusCause: "ahead" }, "checkpoints of another stream"],
  [{ statusCause: "unreadable" }, "checkpoints can't be read"],
  [{ statusCause: "unknown" }, "partitions can't be read"],
  [{ statusCause: "noCheckpoint", statusCausePartitions: 2, statusNotKnownYet: 1 }, "no checkpoint"],
  [{ statusCause: "noCheckpoint", statusCausePartitions: 2, statusNotKnownYet: 2 }, needsCheckpoints],
  [{ observedAt: null }, "not read yet"],
  [{ neverUsed: true }, "never used"],
] as const)("says why a figure of a group with %o is a dash: %s", (more, why) => {
  expect(whyNotKnown(unknown(more))).toBe(why);
});

it("says that a rate out needs checkpoints when all else is known", () => {
  const level = fixtureGroup({ status: "ok", statusCause: "ok", eventsOutPerSecond: null });
  expect(whyNoRateOut(level)).toBe(needsCheckpoints);
  expect(whyNoRateOut({ ...level, lostEvents: 280 })).toBe("retention has overtaken it");
  expect(whyNoRateOut({ ...level, lastCheckpointAt: null })).toBe("no checkpoint yet");
  expect(whyNoRateOut(unknown({ statusCause: "unreadable" }))).toBe("checkpoints can't be read");
});

it("explains a dash in a sentence, and adds nothing when the reason is not known", () => {
  expect(whyDash(whyNotKnown(unknown({ statusCause: "ahead" })))).toBe(
    "Not known: checkpoints of another stream.",
  );
  expect(whyDash(whyNotKnown(fixtureGroup({ status: "ok", statusCause: "ok" })))).toBeNull();
});

it("says over several groups only what holds for all", () => {
  const ahead = unknown({ statusCause: "ahead" });
  expect(whyNoneIsKnown([])).toBe("no groups");
  expect(whyNoneIsKnown([ahead, ahead])).toBe("checkpoints of another stream");
  expect(whyNoneIsKnown([ahead, unknown({ statusCause: null })])).toBe("no group's is known");
});

it("says why there is no group to count: there is none, or none was read", () => {
  const store = { id: "main", observedAt: ago(1), error: null };
  const hub = (over: object) =>
    ({
      id: "orders",
      observedAt: ago(1),
      error: null,
      errorStore: null,
      checkpointStores: [store],
      ...over,
    }) as EventHub;
  expect(whyNoGroups([fixtureGroup({})], [hub({})])).toBeNull();
  expect(whyNoGroups([fixtureGroup({ observedAt: null })], [hub({})])).toBe(unread);
  expect(whyNoGroups([], [hub({})])).toBe("no groups");
  expect(whyNoGroups([], [hub({ checkpointStores: [{ ...store, observedAt: null }] })])).toBe(unread);
});
