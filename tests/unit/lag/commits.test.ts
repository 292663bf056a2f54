import { expect, it } from "vitest";
import { addCommit, clearCommits, noCommits } from "#lib/lag/commits.ts";

const commit = (sequenceNumber: number, at: number) => ({ sequenceNumber, at, lag: 5 });

it("adds a commit only when Last-Modified changes, whatever else does", () => {
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

it("forgets everything at a write of this dashboard's own, which is no commit either", () => {
  const cleared = clearCommits(3000);
  expect(addCommit(cleared, commit(5, 3000)).commits).toEqual([]);
  expect(addCommit(cleared, commit(6, 4000)).commits).toEqual([commit(6, 4000)]);
});
