import { expect, it } from "vitest";
import type { LiveState } from "#lib/reset/live/state.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { endOf, verifying } from "#tests/support/simulated/live-states.ts";
import { SimulatedPartition } from "#tests/support/simulated/simulated-partition.ts";
import { calm, isSafe, limits, start } from "#tests/support/simulated/simulated-runs.ts";

const skipped = 500;

/** A handler that has failed on an event until now ends at `handlerMs`, whatever a skip of that event does then. */
function skip(handlerMs: number, batch: number) {
  const script = { ...calm, before: skipped - 1, target: skipped, queued: 0, last: 520, handlerMs, batch };
  const world = new SimulatedPartition(script);
  const end = endOf(world.run(start(script, true), limits(), { type: "start" }, 600_000), world.log);
  isSafe(script, { world, end });
  const timesOf = (what: RegExp) =>
    world.log.flatMap((line) => (what.test(line) ? [Number(line.split(" ")[0])] : []));
  const told = `${handlerMs} ms: ${world.log.join("; ")}`;
  return { end, passed: timesOf(/ old \d+$/), claimed: timesOf(/claims/), written: timesOf(/ours/), told };
}

/** The longest time between two looks. */
const lookMs = limits().closeObserveMs;

it.each([1, 20])("leaves a group that passes the event, at each moment, %i at a time", (batch) => {
  const results = new Set<string>();
  for (let handlerMs = 50; handlerMs < 12_000; handlerMs += 50) {
    const { end, passed, claimed, written, told } = skip(handlerMs, batch);
    const [passedAt = Infinity] = passed;
    const [claimedAt = Infinity] = claimed;
    results.add(end.end.result);
    // What is stored after another has gone on from the target is no passing by the one held off.
    if (passedAt > claimedAt) continue;
    expect(Math.max(...written, 0), told).toBeLessThanOrEqual(passedAt);
    if (passedAt + lookMs > claimedAt) continue;
    expect(end.end.result, told).toBe(written.length === 0 ? "conflict" : "overwritten");
    const code = written.length === 0 ? "wentPastTarget" : "storedPastTarget";
    expect(end.end.reason, told).toEqual(like(code, { targetSequenceNumber: skipped }));
  }
  expect([...results].sort()).toEqual(["conflict", "overwritten", "written"]);
});

it("stops no other partition where the group passed the event during its hold", () => {
  const { end } = skip(2_000, 20);
  expect(end.end).toMatchObject({ result: "overwritten", isVerified: true });
  expect(end.resumedBy).toBeNull();
});

it.each([500, 520])(
  "leaves %i that the one held off stores after the release, and takes it no more",
  (at) => {
    const ahead = { target: skipped, isForward: true, isAhead: true, heldOff: "old", releasedEtag: "3" };
    const look = (writtenBy: string | null, ...owners: object[]) => {
      const checkpoint = { etag: "9", sequenceNumber: at, isOurs: false, writtenBy };
      let state: LiveState = verifying(ahead);
      for (const [index, owned] of owners.entries()) {
        const askedAt = 900 + 100 * index;
        const ownership = { etag: "3", ownerId: "", ...owned };
        const observation = { askedAt, checkpoint, ownership, othersHeld: false };
        state = nextTurn(state, { type: "observed", observation }, { now: askedAt, limits: limits() }).state;
      }
      return state;
    };
    expect(look(null, {})).toMatchObject({ step: "verifying", passedAt: 900 });
    expect(look(null, {}, {})).toMatchObject({
      end: {
        result: "overwritten",
        reason: like("storedPastTarget", { ownerId: "old", sequenceNumber: at }),
      },
    });
    // Its ownership was listed before another claimed, its checkpoint after that one went on from the target.
    const torn = look(null, {}, { etag: "4", ownerId: "new" });
    expect(torn).not.toMatchObject({ end: { result: "overwritten" } });
    expect(look("tidemark/r2/0", {}, {})).not.toMatchObject({ end: { result: "overwritten" } });
    expect(look(null, { etag: "4", ownerId: "new" }, { etag: "4", ownerId: "new" })).not.toMatchObject({
      end: { result: "overwritten" },
    });
  },
);
