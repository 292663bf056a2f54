import { describe, expect, it } from "vitest";
import { addCommit, type CommitRing, noCommits } from "#lib/lag/commits.ts";
import { noWorkingTime, observeWork, slowestWork, type WorkingTime } from "#lib/lag/pace/working-time.ts";

const second = 1_000;
const hour = 3_600 * second;

function watched(options: {
  everyMs: number;
  looks: number;
  lag?: number;
  from?: number;
  work?: WorkingTime;
}): WorkingTime {
  const { everyMs, looks, lag = 50, from = 0, work = noWorkingTime } = options;
  let ring: CommitRing = noCommits;
  let seen = work;
  for (let look = 1; look <= looks; look += 1) {
    const now = from + look * 10 * second;
    // Checkpoints' times have whole seconds.
    const at = Math.floor((Math.floor(now / everyMs) * everyMs) / second) * second;
    ring = addCommit(ring, { sequenceNumber: at, at, lag, blindMs: 0 });
    seen = observeWork(seen, ring, now);
  }
  return seen;
}

const slowest = (work: WorkingTime, now: number) => slowestWork([["3", work]], now);

describe("the working time between two checkpoints", () => {
  it("is the processor's, not the refreshes', even if it checkpoints more often", () => {
    const work = watched({ everyMs: 700, looks: 200 });
    expect(slowest(work, 2_000 * second)).toMatchObject({ partitionId: "3", waiting: 50 });
    expect(slowest(work, 2_000 * second)?.seconds).toBeLessThanOrEqual(3);
  });

  it("is up to a second too long if it checkpoints more rarely", () => {
    const found = slowest(watched({ everyMs: 45 * second, looks: 300 }), 3_000 * second);
    expect(found?.seconds).toBeGreaterThanOrEqual(36);
    expect(found?.seconds).toBeLessThanOrEqual(46);
  });

  it("is unknown after too few observations, or when nothing waited", () => {
    expect(slowest(watched({ everyMs: 700, looks: 60 }), 600 * second)).toBeNull();
    expect(slowest(watched({ everyMs: 700, looks: 300, lag: 0 }), 3_000 * second)).toBeNull();
  });

  it("does not grow while a processor is stopped, since no checkpoint ends that time", () => {
    const work = watched({ everyMs: 700, looks: 200 });
    const ring = addCommit(noCommits, { sequenceNumber: 1, at: 2_000 * second, lag: 50, blindMs: 0 });
    const stopped = [3_000, 4_000, 9_000].reduce((seen, at) => observeWork(seen, ring, at * second), work);
    expect(slowest(stopped, 9_000 * second)?.seconds).toBeLessThanOrEqual(3);
  });

  it("leaves out unwatched steps, and is at most five minutes", () => {
    const busy = watched({ everyMs: 700, looks: 200 });
    const step = (blindMs: number) => {
      const first = addCommit(noCommits, { sequenceNumber: 1, at: 2_100 * second, lag: 50, blindMs: 0 });
      const begun = observeWork(busy, first, 2_900 * second);
      const ended = addCommit(first, { sequenceNumber: 2, at: 2_950 * second, lag: 50, blindMs });
      return slowest(observeWork(begun, ended, 2_951 * second), 3_000 * second)?.seconds;
    };
    expect(step(60_000)).toBeLessThanOrEqual(3);
    expect(step(0)).toBe(300);
  });

  it("is forgotten after a day", () => {
    const work = watched({ everyMs: 45 * second, looks: 300 });
    const later = watched({ everyMs: 700, looks: 200, from: 25 * hour, work });
    expect(slowest(later, 25 * hour + 2_000 * second)?.seconds).toBeLessThanOrEqual(46 - 10);
  });
});
