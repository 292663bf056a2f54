import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addCommit,
  blindMsBefore,
  type Commit,
  type CommitRing,
  clearCommits,
  clearCommitsBeforeListed,
  mergeCommits,
  noCommits,
  watchedSteps,
} from "#lib/lag/commits.ts";
import { ringOf } from "./rings.ts";

const commit = (sequenceNumber: number, at: number, blindMs: number | null = 0): Commit => ({
  sequenceNumber,
  at,
  lag: 5,
  blindMs,
});

describe("a ring", () => {
  it("adds a commit only when Last-Modified changes", () => {
    const one = addCommit(noCommits, commit(10, 1000));
    expect(one.commits).toEqual([commit(10, 1000)]);
    expect(addCommit(one, { ...commit(10, 1000), lag: 900 })).toBe(one);
    expect(addCommit(one, commit(10, 2000)).commits).toEqual([commit(10, 1000), commit(10, 2000)]);
    expect(one.commits).toHaveLength(1);
  });

  it("takes the newer position when it moves within Last-Modified's second", () => {
    const ring = ringOf([10, 1, 9], [20, 2, 3]);
    const moved = addCommit(ring, { sequenceNumber: 23, at: 2_000, lag: 0, blindMs: 60_000 });
    expect(moved).toEqual(ringOf([10, 1, 9], [23, 2, 0]));
    expect(mergeCommits(ring, moved)).toEqual(moved);
    expect(mergeCommits(moved, ring)).toEqual(moved);
    // A processor's commit in the second of a reset may precede it.
    const reset = clearCommits(ring, { sequenceNumber: 5, at: 2_000 });
    expect(addCommit(reset, commit(23, 2_000))).toBe(reset);
  });

  it("keeps the last ten", () => {
    let ring = noCommits;
    for (let at = 1; at <= 25; at += 1) ring = addCommit(ring, commit(at * 10, at));
    expect(ring.commits.map(({ at }) => at)).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
  });

  it("starts anew when another, older blob takes its place", () => {
    const ring = addCommit(addCommit(noCommits, commit(10, 1000)), commit(20, 2000));
    expect(addCommit(ring, commit(5, 1500)).commits).toEqual([commit(5, 1500)]);
  });

  it("continues after any unwatched time, and knows of it", () => {
    const ring = ringOf([10, 10, 5], [20, 20, 5]);
    const later = addCommit(ring, commit(900, 86_400_000, 86_370_000));
    expect(later.commits).toHaveLength(3);
    expect(watchedSteps(later.commits)).toEqual([10_000, 10_000]);
  });
});

describe("an unwatched time", () => {
  it("reaches from the last observation to the commit, if longer than the usual distance of observations", () => {
    expect(blindMsBefore(100_000, 95_000, 60_000)).toBe(0);
    expect(blindMsBefore(100_000, 40_000, 60_000)).toBe(0);
    expect(blindMsBefore(100_000, 39_000, 60_000)).toBe(61_000);
    // Seen later and still the newest, so nothing came after it.
    expect(blindMsBefore(100_000, 130_000, 60_000)).toBe(0);
  });

  it("is everything before the first look", () => {
    expect(blindMsBefore(100_000, null, 60_000)).toBeNull();
    expect(watchedSteps([commit(1, 1_000), commit(2, 5_000, null)])).toEqual([0]);
  });
});

describe("a checkpoint of the dashboard", () => {
  const before = ringOf([10, 1, 5], [20, 2, 5]);
  const cleared = clearCommits(before, { sequenceNumber: 3, at: 3_000 });

  it("forgets everything before it, and is no commit", () => {
    expect(cleared.commits).toEqual([]);
    expect(addCommit(cleared, commit(3, 3_000)).commits).toEqual([]);
    expect(addCommit(cleared, commit(6, 4_000)).commits).toEqual([commit(6, 4_000)]);
  });

  it("clears once, however often it is seen", () => {
    expect(clearCommits(cleared, { sequenceNumber: 3, at: 3_000 })).toBe(cleared);
  });

  it("gives way to another one of the same second once that is listed, and not to what is only told", () => {
    const other = { sequenceNumber: 7, at: 3_000 };
    expect(clearCommits(cleared, other)).toBe(cleared);
    expect(clearCommitsBeforeListed(cleared, other)).toEqual({ ...cleared, ownWrite: other });
    expect(clearCommitsBeforeListed(cleared, { sequenceNumber: 3, at: 3_000 })).toBe(cleared);
    expect(clearCommitsBeforeListed(before, other)).toEqual(clearCommits(before, other));
  });

  it("also forgets what a reading from before it brings later", () => {
    expect(addCommit(cleared, commit(20, 2_000))).toBe(cleared);
  });

  it("keeps a processor's later commit that was seen first", () => {
    const seen = ringOf([10, 1, 5], [20, 2, 5], [4, 4, 5]);
    const told = clearCommits(seen, { sequenceNumber: 3, at: 3_000 });
    expect(told.commits).toEqual([commit(4, 4_000)]);
    expect(told.lastModified).toBe(4_000);
  });
});

describe("two rings of one blob", () => {
  it("equal one that saw everything, in any order", () => {
    const whole = ringOf([1, 1, 9], [2, 2, 8], [3, 3, 7], [4, 4, 6]);
    const early = ringOf([1, 1, 9], [2, 2, 8]);
    const late = ringOf([2, 2, 8], [3, 3, 7], [4, 4, 6]);
    expect(mergeCommits(early, late)).toEqual(whole);
    expect(mergeCommits(late, early)).toEqual(whole);
    expect(mergeCommits(early, noCommits)).toEqual(early);
  });

  it("forget what either knows to be reset", () => {
    const stored = clearCommits(ringOf([10, 1, 9]), { sequenceNumber: 2, at: 2_000 });
    const merged = mergeCommits(ringOf([9, 1, 9], [3, 3, 9]), stored);
    expect(merged.commits.map(({ sequenceNumber }) => sequenceNumber)).toEqual([3]);
  });

  it("are blind only when neither looked", () => {
    const blind = ringOf([1, 10, 9], [2, 20, 8], [9, 3_600, 1, 3_570]);
    const seen = ringOf([1, 10, 9], [5, 1_000, 5], [9, 3_600, 1, 600]);
    const unknown: CommitRing = { ...noCommits, commits: [commit(9, 3_600_000, null)] };
    for (const [one, other] of [
      [blind, seen],
      [seen, blind],
    ] as const)
      expect(mergeCommits(one, other).commits.map(({ at, blindMs }) => [at / 1000, blindMs])).toEqual([
        [10, 0],
        [20, 0],
        [1_000, 0],
        [3_600, 600_000],
      ]);
    expect(mergeCommits(blind, unknown).commits.at(-1)?.blindMs).toBe(3_570_000);
    expect(mergeCommits(unknown, blind).commits.at(-1)?.blindMs).toBe(3_570_000);
    // Neither saw it, so the way to it is unknown.
    expect(mergeCommits(ringOf([1, 10, 9]), unknown).commits.at(-1)?.blindMs).toBe(3_590_000);
  });

  it("are never blind for longer than one of them", () => {
    const step = fc.record({ wait: fc.integer({ min: 1, max: 50 }), a: fc.nat(60), b: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 10 }), (steps) => {
        const times = steps.map(
          (
            (at) =>
            ({ wait }) =>
              (at += wait)
          )(0),
        );
        const build = (blind: (one: (typeof steps)[number]) => number): CommitRing =>
          steps.reduce(
            (ring, one, index) => addCommit(ring, commit(index, times[index] ?? 0, blind(one))),
            noCommits,
          );
        const [a, b] = [build((one) => one.a), build((one) => one.b)];
        const merged = mergeCommits(a, b);
        expect(merged).toEqual(mergeCommits(b, a));
        const [ofA = [], ofB = [], ofBoth] = [a, b, merged].map(({ commits }) => watchedSteps(commits));
        expect(ofBoth).toEqual(ofA.map((ms, index) => Math.max(ms, ofB[index] ?? 0)));
      }),
    );
  });

  it("keep the last ten, each once", () => {
    const times = fc.uniqueArray(fc.nat(40), { maxLength: 30 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.nat(40), (all, cut) => {
        const build = (some: number[]): CommitRing =>
          some.reduce((ring, at) => addCommit(ring, commit(at, at)), noCommits);
        const merged = mergeCommits(
          build(all.filter((at) => at <= cut)),
          build(all.filter((at) => at > cut - 5)),
        );
        expect(merged.commits).toEqual(build(all).commits);
      }),
    );
  });
});
