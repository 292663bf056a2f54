import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cause, nextCause, quietSeconds, type Step } from "#lib/alerts/incident.ts";
import { lossMeasure } from "#lib/alerts/loss-measure.ts";
import type { Observation } from "#lib/alerts/observation.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { now, rule } from "./fixtures.ts";

const lag = (events: number) => reason("lagAbove", { lag: events });

function seen(holds: boolean | null, more: Partial<Observation> = {}): Observation {
  return {
    rule: rule({ lag: 1 }),
    subject: { hub: "orders", store: "main", group: "billing" },
    holds,
    since: null,
    forSeconds: 60,
    measure: 1,
    summary: reason("nothingKnown"),
    heldBy: null,
    notKnown: [],
    ...more,
  };
}

function run(...observations: [seconds: number, observation: Observation][]): {
  steps: Step[];
  cause: Cause | null;
} {
  let cause: Cause | null = null;
  const steps: Step[] = [];
  for (const [seconds, observation] of observations) {
    const next = nextCause(cause, observation, now + seconds * 1000);
    cause = next.cause;
    steps.push(next.step);
    if (next.step === "closed") cause = null;
  }
  return { steps, cause };
}

describe("an incident", () => {
  it("opens once its condition has held for long enough, and not a moment before", () => {
    expect(run([0, seen(true)], [59.9, seen(true)], [60, seen(true)], [61, seen(true)]).steps).toEqual([
      null,
      null,
      "opened",
      null,
    ]);
  });

  it("opens at once when the condition is known to have held for long enough", () => {
    expect(run([0, seen(true, { since: now - 60_000 })]).steps).toEqual(["opened"]);
  });

  it("starts over when the condition breaks off before it opens", () => {
    expect(run([0, seen(true)], [30, seen(false)], [31, seen(true)], [90, seen(true)]).steps).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("repeats after the rule's time, and only then", () => {
    const { steps } = run(
      [0, seen(true)],
      [60, seen(true)],
      [3_659, seen(true)],
      [3_660, seen(true)],
      [3_661, seen(true)],
    );
    expect(steps).toEqual([null, "opened", null, "repeated", null]);
  });

  it("is told at once, and only once, when the forecast comes true", () => {
    const foreseen = seen(true, { measure: 0.1 });
    const happened = seen(true, { measure: 3, hasHappened: true });
    const { steps, cause } = run(
      [0, foreseen],
      [60, foreseen],
      [70, happened],
      [80, happened],
      [90, foreseen],
      [100, happened],
    );
    expect(steps).toEqual([null, "opened", "repeated", null, null, null]);
    expect(cause).toMatchObject({ toldAt: now + 70_000, toldHappened: true });
    expect(run([0, happened], [60, happened], [70, happened]).steps).toEqual([null, "opened", null]);
  });

  it("closes once its condition has been over for a while, so that flapping makes one incident", () => {
    const open: [number, Observation][] = [
      [0, seen(true)],
      [60, seen(true)],
    ];
    expect(run(...open, [70, seen(false)], [70 + quietSeconds - 1, seen(false)]).steps.at(-1)).toBe(null);
    expect(run(...open, [70, seen(false)], [70 + quietSeconds, seen(false)]).steps.at(-1)).toBe("closed");
    expect(run(...open, [70, seen(false)], [100, seen(true)], [140, seen(false)]).steps.slice(2)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("neither opens nor closes on unknown values", () => {
    expect(run([0, seen(null)], [100, seen(null)]).cause).toBe(null);
    const { cause } = run([0, seen(true)], [60, seen(true)], [1_000, seen(null)]);
    expect(cause?.quietSince).toBe(null);
  });

  it("remembers the worst", () => {
    const { cause } = run(
      [0, seen(true, { measure: 5, summary: lag(5) })],
      [60, seen(true, { measure: 9, summary: lag(9) })],
      [61, seen(true, { measure: 2, summary: lag(2) })],
    );
    expect(cause).toMatchObject({ worst: lag(9), summary: lag(2) });
  });

  it("never tells less of a loss than it has told", () => {
    const loss = (lostEvents: number | null, ...partitionIds: string[]) =>
      reason("eventsBeingLost", { lostEvents, partitionIds });
    const of = (...looks: ReturnType<typeof loss>[]) =>
      run(
        ...looks.map((summary, index): [number, Observation] => [
          index * 60,
          seen(true, { measure: lossMeasure(0, summary.params.lostEvents), summary }),
        ]),
      ).cause;
    expect(of(loss(1_548, "0", "1"), loss(280, "1"))?.summary).toEqual(loss(1_548, "0", "1"));
    expect(of(loss(1_000, "10"), loss(5, "3"))?.summary).toEqual(loss(1_000, "3", "10"));
    expect(of(loss(5, "3"), loss(1_000, "10"))?.summary).toEqual(loss(1_000, "10"));
    // Those of all partitions, and of an older version, name none.
    const unnamed = (lostEvents: number) => reason("eventsBeingLost", { lostEvents });
    expect(of(unnamed(1_000), loss(5, "3"))?.summary).toEqual(unnamed(1_000));
    expect(of(loss(1_000, "0"), unnamed(5))?.summary).toEqual(unnamed(1_000));
    expect(of(loss(1_548, "0"), loss(280, "1"), loss(1_600, "1"), loss(5, "1"))).toMatchObject({
      summary: loss(1_600, "1"),
      worst: loss(1_600, "1"),
    });
    expect(of(loss(70, "0"), loss(null, "0"))?.summary).toEqual(loss(70, "0"));
  });

  it("says what is so now, not what was while it held, and keeps that as its worst", () => {
    const open: [number, Observation][] = [
      [0, seen(true, { measure: 9, summary: lag(9) })],
      [60, seen(true, { measure: 9, summary: lag(9), heldBy: ["0"] })],
    ];
    const at70 = (observation: Observation) => run(...open, [70, observation]).cause;
    const unknown = { summary: reason("nothingKnown"), worst: lag(9) };
    expect(at70(seen(false, { summary: lag(0) }))).toMatchObject({ summary: lag(0), worst: lag(9) });
    expect(at70(seen(false))).toMatchObject({
      summary: reason("conditionOver", { closesAfterSeconds: quietSeconds }),
      worst: lag(9),
    });
    expect(at70(seen(null))).toMatchObject(unknown);
    const notKnown = [{ partitionId: "0", isPassing: true }];
    expect(at70(seen(false, { summary: lag(0), heldBy: [], notKnown }))).toMatchObject(unknown);
  });

  it("always opens before it closes, and never opens twice without closing", () => {
    const observation = fc.constantFrom(seen(true), seen(false), seen(null));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), observation), { maxLength: 60 }), (raw) => {
        let at = 0;
        const { steps } = run(
          ...raw.map(([gap, each]): [number, Observation] => {
            at += gap;
            return [at, each];
          }),
        );
        const told = steps.filter((step) => step === "opened" || step === "closed");
        for (const [index, step] of told.entries()) expect(step).toBe(index % 2 === 0 ? "opened" : "closed");
      }),
    );
  });
});
