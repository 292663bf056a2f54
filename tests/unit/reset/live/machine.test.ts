import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import { toRecord } from "#lib/reset/live/progress.ts";
import type { LiveState } from "#lib/reset/live/state.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import type { PartitionObservation } from "#lib/reset/live/watch/signals.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import type { Script } from "#tests/support/simulated/live-script.ts";
import { holding, releasing, verifying } from "#tests/support/simulated/live-states.ts";
import { calm, isSafe, limits, own, runAll, runKilled } from "#tests/support/simulated/simulated-runs.ts";

describe("a live reset of one partition", () => {
  it("holds off a processor with a full queue, writes over what it drains, and sees it go on at the target", () => {
    const { world, end } = runAll(calm);
    expect(end.end).toEqual({ result: "written", reason: null, isVerified: true });
    expect(end).toMatchObject({ heldOff: "old", resumedBy: "old", rewrites: expect.any(Number) });
    expect(end.rewrites).toBeGreaterThan(0);
    expect(world.starts).toEqual([500]);
  });

  it("counts the time without a reader up to the first checkpoint, not to the claim", () => {
    const { end } = runAll({ ...calm, handlerMs: 1_500, queued: 0 });
    const { fencedAt, releasedAt, owner, readFrom } = end;
    if (fencedAt === null || releasedAt === null || owner === null) throw new Error("Nobody came back.");
    expect((readFrom ?? 0) - owner.seenAt).toBeGreaterThanOrEqual(1_000);
    const { withoutReaderSeconds } = toRecord(end, limits()).progress;
    expect(withoutReaderSeconds).toBe(((readFrom ?? 0) - fencedAt) / 1_000);
  });

  it("does not know that time when no checkpoint came, and takes the claim when none can come", () => {
    const nobody = runAll({ ...calm, returnsAfterMs: null }).end;
    expect(toRecord(nobody, limits()).progress.withoutReaderSeconds).toBeNull();
    const given = verifying({ fencedAt: 1_000 });
    const checkpoint = { etag: "2", sequenceNumber: 499, isOurs: true, writtenBy: null };
    const ownership = { etag: "3", ownerId: "new" };
    const observation = { askedAt: 9_000, checkpoint, ownership, othersHeld: false };
    const seen = (hasUnread: boolean) =>
      nextTurn({ ...given, hasUnread }, { type: "observed", observation }, { now: 9_000, limits: limits() })
        .state;
    expect(toRecord(seen(false), limits()).progress.withoutReaderSeconds).toBe(8);
    expect(toRecord(seen(true), limits()).progress.withoutReaderSeconds).toBeNull();
  });

  it("holds so long that a handler of the stated time can't write over it", () => {
    const { world, end } = runAll({ ...calm, queued: 0 });
    const lastWrite = Number(world.log.findLast((line) => line.includes("ours"))?.split(" ")[0]);
    expect((end.releasedAt ?? 0) - lastWrite).toBeGreaterThanOrEqual(2_000);
  });

  it("takes the partition again when it is written over before anybody owns it", () => {
    const { world, end } = runAll({
      ...calm,
      handlerMs: 4_000,
      queued: 0,
      last: 1_020,
      returnsAfterMs: 6_000,
      isSameOwner: false,
    });
    expect(end).toMatchObject({ retakes: 1, end: { result: "written", isVerified: true } });
    expect(world.starts).toEqual([500]);
  });

  it("renews in time, however many observations come in between", () => {
    let state: LiveState = holding();
    const renewedAt: number[] = [0];
    const seen: PartitionObservation = {
      askedAt: 0,
      checkpoint: { etag: "2", sequenceNumber: 499, isOurs: true, writtenBy: null },
      ownership: { etag: "1", ownerId: own },
      othersHeld: true,
    };
    for (let now = 0; now < 60_000; now += 100) {
      const turn = nextTurn(
        state,
        { type: "observed", observation: seen },
        { now, limits: limits({ quietMs: 90_000 }) },
      );
      const isRenewed = turn.effects.some((effect) => effect.do === "renew");
      if (isRenewed) renewedAt.push(now);
      state = isRenewed
        ? nextTurn(turn.state, { type: "renewed", etag: "1" }, { now, limits: limits() }).state
        : turn.state;
    }
    const gaps = renewedAt.slice(1).map((at, index) => at - (renewedAt[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(10);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
  });

  it("renews while its reader takes long to close, but not when it is being stopped", () => {
    const closing = releasing();
    const renew = { do: "renew", etag: "1" };
    const due = (state: LiveState) =>
      nextTurn(state, { type: "tick" }, { now: 4_500, limits: limits() }).effects;
    expect(due(closing)).toEqual([renew]);
    const aborting = (isHurried: boolean) => {
      const event = { type: "breakOff", reason: reason("tookTooLong"), isHurried } as const;
      return nextTurn(holding(), event, { now: 0, limits: limits() }).state;
    };
    expect(due(aborting(false))).toEqual([renew]);
    expect(due(aborting(true))).toEqual([]);
  });

  it("has nothing to store while it waits for others of its wave", () => {
    const look = (state: LiveState, askedAt: number) => {
      const checkpoint = { etag: "2", sequenceNumber: 499, isOurs: true, writtenBy: null };
      const ownership = { etag: "3", ownerId: "" };
      const observation = { askedAt, checkpoint, ownership, othersHeld: true };
      return nextTurn(state, { type: "observed", observation }, { now: askedAt, limits: limits() }).state;
    };
    const first = look(verifying({ heldOff: "old" }), 1_000);
    const later = look(first, 60_000);
    expect(later.step).toBe("verifying");
    expect(toRecord(later, limits())).toEqual(toRecord(first, limits()));
  });

  it("goes above a higher owner level once", () => {
    expect(runAll({ ...calm, higherLevel: 5 }).end).toMatchObject({
      ownerLevel: 6,
      end: { result: "written" },
    });
  });

  it("leaves the partition when no processor comes back, and says so", () => {
    const { end } = runAll({ ...calm, returnsAfterMs: null });
    expect(end.end).toMatchObject({ result: "written", isVerified: false });
    expect(end.end.reason).toEqual(reason("nobodyClaimed", { heldOff: "old", hasUnread: true }));
    const checkpoint = { etag: "2", sequenceNumber: 499, isOurs: true, writtenBy: null };
    const observation = { askedAt: 900_000, checkpoint, ownership: null, othersHeld: false };
    const about = { now: 900_000, limits: limits() };
    const idle = verifying({ heldOff: "old", hasUnread: false });
    expect(nextTurn(idle, { type: "observed", observation }, about).state).toMatchObject({
      end: { result: "written", reason: reason("nobodyClaimed", { heldOff: "old", hasUnread: false }) },
    });
  });

  it("waits for an owner while others of the wave are held, since balancers claim nothing until then", () => {
    const script = { ...calm, othersHeldUntilMs: 100_000, returnsAfterMs: 97_000 };
    expect(runAll(script).end.end).toMatchObject({ result: "written", isVerified: true });
  });

  it("breaks off after the overall limit when the processor never comes to an end", () => {
    const { end, world } = runAll({ ...calm, queued: 10_000, last: 10_000_000 }, { overallMs: 30_000 });
    expect(end.broken?.reason).toEqual(like("keptOverwriting", { ownerId: "old", isSame: false }));
    expect(end.end.isVerified).toBe(false);
    isSafe({ ...calm }, { world, end });
  });

  it("lets go of everything within seconds when the dashboard is stopped", () => {
    for (let at = 0; at < 12_000; at += 150) {
      const { world, end } = runAll({ ...calm, stoppedAtMs: at }, {}, at + 7_500);
      isSafe(calm, { world, end });
    }
  });

  it("survives ten seconds of its hold without storage", () => {
    const script = { ...calm, storageDown: { fromMs: 1_500, forMs: 10_000 } };
    expect(runAll(script).end.end).toMatchObject({ result: "written", isVerified: true });
  });

  it("ends safely when the dashboard is killed at any moment", () => {
    for (let at = 50; at < 12_000; at += 50) {
      const run = runKilled(calm, at);
      isSafe(calm, run);
      expect(run.world.ownership.ownerId).not.toBe(own);
    }
  });
});

const time = (max: number) => fc.option(fc.integer({ min: 0, max }), { nil: null });
const fault = fc.constantFrom("refused" as const, "answerLost" as const, "requestLost" as const);

const scripts: fc.Arbitrary<Script> = fc.record({
  before: fc.option(fc.integer({ min: 0, max: 1_500 }), { nil: null }),
  target: fc.integer({ min: -1, max: 1_500 }),
  last: fc.constantFrom(1_500, 5_000),
  perSecond: fc.constantFrom(0, 0, 3, 40),
  handlerMs: fc.integer({ min: 50, max: 1_000 }),
  batch: fc.integer({ min: 1, max: 50 }),
  queued: fc.integer({ min: 0, max: 5 }),
  returnsAfterMs: fc.option(fc.integer({ min: 50, max: 8_000 }), { nil: null, freq: 8 }),
  isSameOwner: fc.boolean(),
  storageDown: fc.record({
    fromMs: fc.integer({ min: 0, max: 8_000 }),
    forMs: fc.constantFrom(0, 0, 0, 2_000, 20_000, 60_000),
  }),
  storageFaults: fc.array(fc.tuple(fc.nat(12), fault), { maxLength: 4 }).map((pairs) => new Map(pairs)),
  thrownOutAtMs: time(8_000),
  connectionLostAtMs: time(8_000),
  stolenAtMs: time(10_000),
  stoppedAtMs: time(12_000),
  higherLevel: fc.constantFrom(null, null, 1, 4),
  othersHeldUntilMs: fc.constantFrom(0, 0, 40_000),
});

/** One or two things go wrong, not all at once. */
const troubled = fc.tuple(scripts, fc.nat(6)).map(([script, kind]): Script => {
  const only = <Key extends keyof Script>(at: number, key: Key) => (kind === at ? script[key] : calm[key]);
  return {
    ...script,
    thrownOutAtMs: only(1, "thrownOutAtMs"),
    connectionLostAtMs: only(2, "connectionLostAtMs"),
    stolenAtMs: only(3, "stolenAtMs"),
    stoppedAtMs: only(4, "stoppedAtMs"),
    storageDown: only(5, "storageDown"),
  };
});

describe("a live reset in any order of events", () => {
  it("closes its reader, gives the ownership back, and never says written when nothing was", () => {
    fc.assert(
      fc.property(troubled, (script) => isSafe(script, runAll(script))),
      { numRuns: 1_500 },
    );
  }, 120_000);

  it("does the same when everything goes wrong together", () => {
    fc.assert(
      fc.property(scripts, (script) => isSafe(script, runAll(script))),
      { numRuns: 1_000 },
    );
  }, 120_000);

  it("does the same when the dashboard is killed at any moment", () => {
    const killed = fc.tuple(troubled, fc.integer({ min: 50, max: 12_000 }));
    fc.assert(
      fc.property(killed, ([script, at]) => isSafe(script, runKilled(script, at))),
      { numRuns: 1_000 },
    );
  }, 120_000);

  it("does the same when handlers are slower than stated, at the shipped intervals", () => {
    const slow = fc
      .tuple(troubled, fc.integer({ min: 1_000, max: 12_000 }))
      .map(([script, handlerMs]) => ({ ...script, handlerMs }));
    fc.assert(
      fc.property(slow, (script) => isSafe(script, runAll(script))),
      { numRuns: 1_000 },
    );
  }, 120_000);
});
