import { describe, expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { Reset, ResetResult } from "#lib/api/resets.ts";
import {
  coveredWords,
  isCut,
  laterThan,
  restNow,
  undoAgain,
} from "#lib/client/resets/result/later-resets.ts";
import { fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { ago } from "#tests/support/worlds/fixture-world.ts";

const entries = (results: Record<string, ResetResult>) =>
  Object.entries(results).map(([partitionId, result]) => fixtureResetEntry({ partitionId, result }));
const passedReason = toWire(reason("wentPastTarget", { sequenceNumber: 9, targetSequenceNumber: 8 }));
const halfDone = fixtureReset(entries({ 0: "written", 1: "failed", 2: "conflict", 3: "skipped" }), {
  id: "r1",
  startedAt: ago(300),
});
const wordsOf = (since: Reset[]) => {
  const now = restNow(halfDone, since);
  return now.by && coveredWords(halfDone, now, now.by);
};
const later = (results: Record<string, ResetResult>, more: Partial<Reset> = {}) =>
  fixtureReset(entries(results), { id: "r2", startedAt: ago(100), ...more });

describe("what a reset left", () => {
  it("is over once later resets have written all of it", () => {
    const [one, other] = [later({ 1: "written", 2: "unknown" }, { id: "r3" }), later({ 3: "overwritten" })];
    expect(restNow(halfDone, [one, other])).toEqual({
      rest: null,
      covered: ["1", "2", "3"],
      by: one,
      notUndone: null,
    });
    expect(wordsOf([one, other])).toBe("A later reset took up partitions 1-3, which this one had left.");
  });

  it("is what they did not write either", () => {
    const one = later({ 1: "pending", 2: "failed", 0: "written" }, { state: "running" });
    expect(restNow(halfDone, [one])).toMatchObject({
      rest: { partitionIds: ["2", "3"], isAll: false },
      covered: ["1"],
      by: one,
    });
    expect(wordsOf([one])).toBe("A later reset is at work on partition 1, which this one had left.");
  });

  it("stays where they went elsewhere, or wrote nothing", () => {
    const others = [later({ 0: "written" }), later({ 1: "conflict", 2: "skipped", 3: "failed" })];
    expect(restNow(halfDone, others)).toMatchObject({
      rest: { partitionIds: ["1", "2", "3"] },
      covered: [],
      by: null,
    });
  });

  it("is nothing any more once it was undone: its rest alone would bring back a part of it", () => {
    const undo = later({ 0: "written" }, { target: { kind: "undo", resetId: "r1" } });
    expect(restNow(halfDone, [undo])).toMatchObject({ rest: null, by: undo });
    expect(wordsOf([undo])).toBe("The reset has been undone since.");
    expect(undoAgain(restNow(halfDone, [undo]))).toBeNull();
    const ofAnother = later({ 0: "written" }, { target: { kind: "undo", resetId: "r0" } });
    expect(restNow(halfDone, [ofAnother]).by).toBeNull();
  });

  it("is not called undone while the undo is at work, or where it left something", () => {
    const target = { kind: "undo", resetId: "r1" } as const;
    const running = later({ 0: "written", 4: "pending" }, { target, state: "running" });
    expect(restNow(halfDone, [running])).toMatchObject({ rest: null, by: running });
    expect(wordsOf([running])).toBe("An undo of it is at work.");
    expect(undoAgain(restNow(halfDone, [running]))).toBeNull();
    for (const result of ["conflict", "failed", "skipped", "unknown", "overwritten", "pending"] as const) {
      const inPart = later({ 0: "written", 4: result }, { target, state: "failed" });
      expect(restNow(halfDone, [inPart])).toMatchObject({ rest: null, by: inPart, notUndone: ["4"] });
      expect(wordsOf([inPart])).toBe("The reset was undone in part. Not undone: partition 4.");
      expect(undoAgain(restNow(halfDone, [inPart]))).toBe("Plan the undo again…");
    }
    const inPart = later({ 0: "written", 4: "failed" }, { target });
    expect(wordsOf([later({ 4: "written" }, { id: "r3", target }), inPart])).toBe(
      "The reset has been undone since.",
    );
    const passed = fixtureResetEntry({ partitionId: "4", result: "conflict", reason: passedReason });
    expect(wordsOf([{ ...inPart, entries: [...entries({ 0: "written" }), passed] }])).toBe(
      "The reset has been undone since.",
    );
  });

  it("is there again where the undo wrote nothing, or was undone itself", () => {
    const undo = later({ 0: "written" }, { target: { kind: "undo", resetId: "r1" } });
    const ofUndo = { id: "r3", target: { kind: "undo", resetId: "r2" } } as const;
    expect(restNow(halfDone, [{ ...undo, entries: entries({ 0: "failed" }) }]).by).toBeNull();
    expect(restNow(halfDone, [later({ 0: "written" }, ofUndo), undo])).toMatchObject({
      rest: { partitionIds: ["1", "2", "3"] },
      by: null,
    });
    expect(restNow(halfDone, [later({ 0: "failed" }, ofUndo), undo]).notUndone).toEqual([]);
  });

  it("gives way to the newest: a reset after the undo", () => {
    const undo = later({ 0: "written" }, { target: { kind: "undo", resetId: "r1" } });
    const newer = later({ 1: "written" }, { id: "r3" });
    expect(restNow(halfDone, [newer, undo])).toMatchObject({ rest: null, by: newer, covered: ["1"] });
    expect(wordsOf([newer, undo])).toBe("A later reset took up partition 1, which this one had left.");
  });

  it("of an undo is not planned for some of its partitions", () => {
    const undo = fixtureReset(entries({ 1: "failed", 2: "failed" }), {
      target: { kind: "undo", resetId: "r0" },
      startedAt: ago(300),
    });
    expect(restNow(undo, []).rest).not.toBeNull();
    expect(restNow(undo, [later({ 1: "written" })])).toMatchObject({ rest: null, covered: ["1"] });
  });

  it("is held against those alone that began later", () => {
    const heads = [later({}), halfDone, later({}, { id: "r0", startedAt: ago(900) })];
    expect(laterThan(halfDone, { resets: heads }).map(({ id }) => id)).toEqual(["r2"]);
    expect(isCut(halfDone, { resets: heads })).toBe(false);
  });

  it("is not planned after more resets than the list tells of", () => {
    const resets = ["a", "b", "c", "d", "e"].map((id) => later({ 0: "written" }, { id }));
    expect(isCut(halfDone, { resets })).toBe(true);
    expect(isCut(halfDone, { resets: [...resets, halfDone] })).toBe(false);
    expect(isCut(halfDone, { resets: resets.slice(1) })).toBe(false);
    expect(coveredWords(halfDone, { covered: [], notUndone: null }, later({}))).toBe(
      "Several resets of the group came after it.",
    );
  });
});
