import { expect, it } from "vitest";
import { defaultLiveSettings } from "#lib/reset/group/live-pace.ts";
import { limitsOf } from "#lib/reset/live/limits.ts";
import { toRecord } from "#lib/reset/live/progress.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { endOf, verifying } from "#tests/support/simulated/live-states.ts";

// A reader without load balancing owns nothing, so after the release only its first checkpoint tells.

const limits = limitsOf(defaultLiveSettings, {
  handlerSeconds: 1,
  checkpointSeconds: null,
  expirationSeconds: 60,
});

interface Scene {
  target: number;
  before: number | null;
  found: number | null;
  heldOff?: string;
}

function afterRelease({ target, before, found, heldOff }: Scene) {
  const state = verifying({ target, highest: before, heldOff: heldOff ?? null, releasedEtag: "released" });
  const observation = {
    askedAt: 1,
    checkpoint:
      found === null ? null : { etag: "theirs", sequenceNumber: found, isOurs: false, writtenBy: null },
    ownership: { etag: "released", ownerId: "" },
    othersHeld: false,
  };
  return nextTurn(state, { type: "observed", observation }, { now: 1, limits });
}

it.each<[string, Scene, "written" | "overwritten" | "unknown"]>([
  ["back, and on from the target", { target: 100, before: 500, found: 101 }, "written"],
  ["back, and short of the old place", { target: 100, before: 500, found: 499 }, "written"],
  ["back, and at the old place", { target: 100, before: 500, found: 500 }, "unknown"],
  ["back, and past the old place", { target: 100, before: 500, found: 501 }, "unknown"],
  ["back, and before the target", { target: 100, before: 500, found: 99 }, "overwritten"],
  ["forward, and on from the target", { target: 500, before: 100, found: 501 }, "written"],
  ["forward, and on from the old place", { target: 500, before: 100, found: 101 }, "overwritten"],
  ["where no checkpoint was", { target: 100, before: null, found: 101 }, "written"],
  ["where it was deleted", { target: 100, before: 500, found: null }, "overwritten"],
])("a partition that nobody owns, put %s, is not taken again", (_, scene, result) => {
  const { state, effects } = afterRelease(scene);
  expect(state).toMatchObject({ step: "ended", end: { result, isVerified: result === "written" } });
  expect(effects.filter(({ do: what }) => what === "claim")).toEqual([]);
});

it("tells where the reader went on, and how long the partition was without one", () => {
  const seen = (found: number) => {
    const { state } = afterRelease({ target: 100, before: 500, found });
    return toRecord({ ...endOf(state), fencedAt: -4_000 }, limits).progress;
  };
  expect(seen(101)).toMatchObject({ resumedAt: 101, resumedBy: null, withoutReaderSeconds: 4.001 });
  expect(seen(501)).toMatchObject({ resumedAt: null, resumedBy: null, withoutReaderSeconds: null });
});

it("says what to compare when both readings hold", () => {
  const { state } = afterRelease({ target: 100, before: 500, found: 501 });
  expect(endOf(state).end.reason).toEqual(
    like("holdsUnknown", { ownerId: null, sequenceNumber: 501, nextSequenceNumber: 101 }),
  );
});

it("takes a partition again when a processor was held off and nobody has claimed it since", () => {
  const { state, effects } = afterRelease({ target: 100, before: 500, found: 501, heldOff: "worker-1" });
  expect(state.step).toBe("claiming");
  expect(effects).toEqual([{ do: "claim" }]);
});
