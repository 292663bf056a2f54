import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addCommit, clearCommits, dropCommitsBefore, mergeCommits, noCommits } from "#lib/lag/commits.ts";
import { type CommitSample, ringOf } from "./rings.ts";

const stood = (from: number, to: number, sequenceNumber = 50): CommitSample[] =>
  Array.from({ length: to - from }, (_, index) => [sequenceNumber, from + index, 9]);

describe("the last progress", () => {
  it("stays where it was, however many checkpoints follow at the same position", () => {
    const begun = ringOf([10, 1, 9], [50, 2, 9]);
    expect(begun.progress).toEqual({ at: 2_000, isExact: true });
    expect(ringOf([10, 1, 9], [50, 2, 9], ...stood(3, 400)).progress).toEqual(begun.progress);
  });

  it("is then or earlier where nobody saw the checkpoint before", () => {
    expect(ringOf(...stood(1, 40)).progress).toEqual({ at: 1_000, isExact: false });
    expect(ringOf([10, 1, 9], [50, 100, 9, 80], ...stood(101, 140)).progress).toEqual({
      at: 100_000,
      isExact: false,
    });
  });

  it("is none that goes back", () => {
    expect(ringOf([10, 1, 9], [90, 2, 9], ...stood(3, 40)).progress).toEqual({ at: 2_000, isExact: true });
  });

  it("is the reset where nothing moved since, and else what came after it", () => {
    const reset = clearCommits(ringOf([10, 1, 9], [90, 2, 9]), { sequenceNumber: 50, at: 3_000 });
    const then = (...samples: CommitSample[]) =>
      samples.reduce(
        (ring, [sequenceNumber, second, lag]) =>
          addCommit(ring, { sequenceNumber, at: second * 1_000, lag, blindMs: 0 }),
        reset,
      );
    expect(then(...stood(4, 40)).progress).toEqual({ at: 3_000, isExact: true });
    expect(then(...stood(4, 40, 60)).progress).toEqual({ at: 4_000, isExact: true });
    const toldLate = clearCommits(ringOf([10, 1, 9], [50, 2, 9], [60, 4, 9], ...stood(5, 40, 60)), {
      sequenceNumber: 50,
      at: 3_000,
    });
    expect(toldLate.progress).toEqual({ at: 4_000, isExact: true });
  });

  it("moves with a position that moves within Last-Modified's second", () => {
    const ring = ringOf([10, 1, 9], [50, 2, 9], [50, 3, 9], [51, 3, 9]);
    expect(ring.progress).toEqual({ at: 3_000, isExact: true });
  });

  it("is of this event hub alone", () => {
    const ring = dropCommitsBefore(ringOf([10, 1, 9], [50, 2, 9], ...stood(3, 40)), 35_000);
    expect(ring.progress).toEqual({ at: 35_000, isExact: false });
  });

  it("is the same of one that saw all and of two that saw a part each", () => {
    const positions = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(positions, fc.nat(30), (all, cut) => {
        const samples = all.map((position, index): CommitSample => [position, index + 1, 9]);
        const split = Math.min(cut, samples.length - 1);
        const [early, late] = [ringOf(...samples.slice(0, split + 1)), ringOf(...samples.slice(split))];
        const whole = ringOf(...samples);
        expect(mergeCommits(early, late).progress).toEqual(mergeCommits(late, early).progress);
        expect(mergeCommits(early, late).progress).toEqual(whole.progress);
        expect(mergeCommits(whole, noCommits).progress).toEqual(whole.progress);
      }),
    );
  });
});
