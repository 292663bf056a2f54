import { describe, expect, it } from "vitest";
import type { Reset, ResetResult } from "#lib/api/resets.ts";
import { coveredWords, isCut, laterThan, restNow } from "#lib/client/resets/result/later-resets.ts";
import { fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { ago } from "#tests/support/worlds/fixture-world.ts";

const entries = (results: Record<string, ResetResult>) =>
  Object.entries(results).map(([partitionId, result]) => fixtureResetEntry({ partitionId, result }));
const halfDone = fixtureReset(entries({ 0: "written", 1: "failed", 2: "conflict", 3: "skipped" }), {
  id: "r1",
  startedAt: ago(300),
});
const later = (results: Record<string, ResetResult>, more: Partial<Reset> = {}) =>
  fixtureReset(entries(results), { id: "r2", startedAt: ago(100), ...more });

describe("what a reset left", () => {
  it("is over once later resets have written all of it", () => {
    const [one, other] = [later({ 1: "written", 2: "unknown" }, { id: "r3" }), later({ 3: "overwritten" })];
    expect(restNow(halfDone, [one, other])).toEqual({ rest: null, covered: ["1", "2", "3"], by: one });
    expect(coveredWords(halfDone, ["1", "2", "3"], one)).toBe(
      "A later reset took up partitions 1-3, which this one had left.",
    );
  });

  it("is what they did not write either", () => {
    const one = later({ 1: "pending", 2: "failed", 0: "written" }, { state: "running" });
    expect(restNow(halfDone, [one])).toMatchObject({
      rest: { partitionIds: ["2", "3"], isAll: false },
      covered: ["1"],
      by: one,
    });
    expect(coveredWords(halfDone, ["1"], one)).toBe(
      "A later reset is at work on partition 1, which this one had left.",
    );
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
    expect(coveredWords(halfDone, ["1"], undo)).toBe("The reset has been undone since.");
    const ofAnother = later({ 0: "written" }, { target: { kind: "undo", resetId: "r0" } });
    expect(restNow(halfDone, [ofAnother]).by).toBeNull();
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
    expect(coveredWords(halfDone, [], later({}))).toBe("Several resets of the group came after it.");
  });
});
