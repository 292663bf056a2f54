import { expect, it } from "vitest";
import { defaultLiveSettings } from "#lib/reset/group/live-pace.ts";
import { type LiveLimits, limitsOf } from "#lib/reset/live/limits.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { verifying } from "#tests/support/simulated/live-states.ts";
import { calm, isSafe, runAll } from "#tests/support/simulated/simulated-runs.ts";

function statedSeconds(handlerSeconds: number): LiveLimits {
  return limitsOf(defaultLiveSettings, { handlerSeconds, checkpointSeconds: null, expirationSeconds: 60 });
}

it("takes no sides when a handler slower than stated may have written over it", () => {
  const { world, end } = runAll({ ...calm, handlerMs: 9_000, queued: 0, returnsAfterMs: 500 });
  expect(world.starts).not.toContain(500);
  expect(end).toMatchObject({ end: { result: "unknown", isVerified: false }, resumedBy: null });
  expect(end.end.reason).toEqual(like("holdsUnknown", { nextSequenceNumber: 500 }));
});

it("says that it was written over when the writer can't have read the target", () => {
  const slow = { ...calm, handlerMs: 4_000, queued: 0, returnsAfterMs: 6_000, isSameOwner: false };
  const { world, end } = runAll(slow, { retakes: 0 });
  expect(world.starts).not.toContain(500);
  expect(end.end).toMatchObject({ result: "overwritten", isVerified: false });
  expect(end.end.reason).toEqual(like("wentOnFromOld"));
});

// 30 s are stated, so 60 s are held. The former owner ends its handler around the release.
it("is never silently wrong with handlers of 61 to 90 s, whoever comes back at whatever time", () => {
  for (let handlerMs = 61_000; handlerMs <= 90_000; handlerMs += 750) {
    for (const returnsAfterMs of [300, 700, 1_500])
      for (const queued of [0, 1, 2])
        for (const isSameOwner of [true, false]) {
          const script = { ...calm, handlerMs, returnsAfterMs, queued, isSameOwner };
          isSafe(script, runAll(script, statedSeconds(30), 3_000_000));
        }
  }
}, 60_000);

const quick = { ...calm, handlerMs: 300, queued: 0, batch: 100 };
it.each([
  ["by what it stores on its way", quick],
  ["with a handler of seconds, by what it stores on its way", { ...quick, handlerMs: 3_500 }],
  ["in one go, where the old one had nothing left", { ...quick, target: 989, last: 1_000 }],
  [
    "in one go with what came meanwhile, where the old one had nothing left",
    { ...quick, target: 989, last: 1_000, perSecond: 5, handlerMs: 50 },
  ],
  ["a little back, where the old one ended what it had in hand", { ...quick, target: 989, handlerMs: 3_000 }],
  [
    "where there was no checkpoint before",
    { ...quick, before: null, target: -1, handlerMs: 2_500, queued: 1 },
  ],
  ["where there was nothing to read", { ...quick, before: null, target: -1, last: -1, perSecond: 5 }],
])("sees a quick processor go on from the target, %s", (_how, script) => {
  const { world, end } = runAll(script, statedSeconds(4));
  expect(end.end).toEqual({ result: "written", reason: null, isVerified: true });
  expect(world.starts).toContain(script.target + 1);
});

it("warns of an owner level that may be left, unless a processor was seen to resume", () => {
  const given = verifying({ leftLevel: true, highest: 399, target: 499 });
  const at = { askedAt: 9_000, ownership: { etag: "3", ownerId: "new" }, othersHeld: false };
  const after = (sequenceNumber: number, hasUnread: boolean) => {
    const checkpoint = { etag: "2", sequenceNumber, isOurs: sequenceNumber === 499, writtenBy: null };
    const observation = { ...at, checkpoint };
    const context = { now: 9_000, limits: statedSeconds(4) };
    return nextTurn({ ...given, hasUnread }, { type: "observed", observation }, context).state;
  };
  expect(after(520, true)).toMatchObject({
    step: "ended",
    resumedBy: "new",
    end: { result: "written", reason: null },
  });
  // An owner alone proves nothing: the service may refuse its reader.
  expect(after(499, false)).toMatchObject({ end: { result: "written", reason: like("levelLeft") } });
});

it("leaves it open, instead of calling it written over, when one read went up to the old place", () => {
  const script = { ...quick, before: null, target: -1, handlerMs: 2_500 };
  const { world, end } = runAll(script, statedSeconds(4));
  expect(world.starts).toEqual([0]);
  expect(end.end).toMatchObject({ result: "unknown", isVerified: false });
});
