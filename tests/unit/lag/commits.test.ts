import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addCommit, type CommitRing, clearCommits, mergeCommits, noCommits } from "#lib/lag/commits.ts";
import { ringOf } from "./rings.ts";

const commit = (sequenceNumber: number, at: number) => ({ sequenceNumber, at, lag: 5 });
const hour = 3_600_000;

describe("a ring", () => {
  it("takes in a commit only when Last-Modified changes, whatever else does", () => {
    const one = addCommit(noCommits, commit(10, 1000));
    expect(one.commits).toEqual([commit(10, 1000)]);
    expect(addCommit(one, { ...commit(10, 1000), lag: 900 })).toBe(one);
    expect(addCommit(one, commit(10, 2000)).commits).toEqual([commit(10, 1000), commit(10, 2000)]);
    expect(one.commits).toHaveLength(1);
  });

  it("keeps the last ten", () => {
    let ring = noCommits;
    for (let at = 1; at <= 25; at += 1) ring = addCommit(ring, commit(at * 10, at));
    expect(ring.commits.map(({ at }) => at)).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
  });

  it("starts anew where another, older blob takes its place", () => {
    const ring = addCommit(addCommit(noCommits, commit(10, 1000)), commit(20, 2000));
    expect(addCommit(ring, commit(5, 1500)).commits).toEqual([commit(5, 1500)]);
  });

  it("starts anew after more than an hour without a look, in which commits were missed", () => {
    const ring = addCommit(noCommits, commit(10, 1000));
    expect(addCommit(ring, commit(20, 9000), hour).commits).toHaveLength(2);
    expect(addCommit(ring, commit(20, 9000), hour + 1).commits).toEqual([commit(20, 9000)]);
    expect(addCommit(ring, commit(10, 1000), hour + 1)).toBe(ring);
  });
});

describe("a checkpoint that the dashboard wrote", () => {
  const before = ringOf([10, 1, 5], [20, 2, 5]);
  const cleared = clearCommits(before, { sequenceNumber: 3, at: 3_000 });

  it("forgets everything before it, and is no commit", () => {
    expect(cleared.commits).toEqual([]);
    expect(addCommit(cleared, commit(3, 3_000)).commits).toEqual([]);
    expect(addCommit(cleared, commit(6, 4_000)).commits).toEqual([commit(6, 4_000)]);
  });

  it("is cleared for once, however often it is looked at", () => {
    expect(clearCommits(cleared, { sequenceNumber: 3, at: 3_000 })).toBe(cleared);
  });

  it("forgets also what a reading from before it brings afterwards", () => {
    expect(addCommit(cleared, commit(20, 2_000))).toBe(cleared);
  });

  it("leaves what a processor wrote since, where that was seen first", () => {
    const seen = ringOf([10, 1, 5], [20, 2, 5], [4, 4, 5]);
    const told = clearCommits(seen, { sequenceNumber: 3, at: 3_000 });
    expect(told.commits).toEqual([commit(4, 4_000)]);
    expect(told.lastModified).toBe(4_000);
  });
});

describe("two rings of one blob", () => {
  it("are as one that saw all of it, in whichever order", () => {
    const whole = ringOf([1, 1, 9], [2, 2, 8], [3, 3, 7], [4, 4, 6]);
    const early = ringOf([1, 1, 9], [2, 2, 8]);
    const late = ringOf([2, 2, 8], [3, 3, 7], [4, 4, 6]);
    expect(mergeCommits(early, late)).toEqual(whole);
    expect(mergeCommits(late, early)).toEqual(whole);
    expect(mergeCommits(early, noCommits)).toEqual(early);
  });

  it("forget what either knows to have been reset", () => {
    const stored = clearCommits(ringOf([10, 1, 9]), { sequenceNumber: 2, at: 2_000 });
    const merged = mergeCommits(ringOf([9, 1, 9], [3, 3, 9]), stored);
    expect(merged.commits.map(({ sequenceNumber }) => sequenceNumber)).toEqual([3]);
  });

  it("give the last ten, each once", () => {
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
