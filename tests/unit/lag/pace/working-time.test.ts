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
  owner?: string | null;
}): WorkingTime {
  const { everyMs, looks, lag = 50, from = 0, work = noWorkingTime, owner = "one" } = options;
  let ring: CommitRing = noCommits;
  let seen = work;
  for (let look = 1; look <= looks; look += 1) {
    const now = from + look * 10 * second;
    // Checkpoints' times have whole seconds.
    const at = Math.floor((Math.floor(now / everyMs) * everyMs) / second) * second;
    ring = addCommit(ring, { sequenceNumber: at, at, lag, blindMs: 0 });
    seen = observeWork(seen, ring, now, owner);
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
    const stopped = [3_000, 4_000, 9_000].reduce(
      (seen, at) => observeWork(seen, ring, at * second, "one"),
      work,
    );
    expect(slowest(stopped, 9_000 * second)?.seconds).toBeLessThanOrEqual(3);
  });

  it("leaves out unwatched steps, and is at most five minutes", () => {
    const busy = watched({ everyMs: 700, looks: 200 });
    const step = (blindMs: number) => {
      const first = addCommit(noCommits, { sequenceNumber: 1, at: 2_100 * second, lag: 50, blindMs: 0 });
      const begun = observeWork(busy, first, 2_900 * second, "one");
      const ended = addCommit(first, { sequenceNumber: 2, at: 2_950 * second, lag: 50, blindMs });
      return slowest(observeWork(begun, ended, 2_951 * second, "one"), 3_000 * second)?.seconds;
    };
    expect(step(60_000)).toBeLessThanOrEqual(3);
    expect(step(0)).toBe(300);
  });

  describe("of a fast group", () => {
    const busy = watched({ everyMs: 700, looks: 200 });
    const at = 2_010 * second;
    /** What each look sees: the newest checkpoint's age at it, and the owner. */
    const seen = (...looks: [second: number, checkpoint: number, owner: string | null][]) => {
      let ring: CommitRing = noCommits;
      let work = busy;
      for (const [seconds, checkpoint, owner] of looks) {
        const time = at + checkpoint * second;
        ring = addCommit(ring, { sequenceNumber: time, at: time, lag: 50, blindMs: 0 });
        work = observeWork(work, ring, at + seconds * second, owner);
      }
      return slowest(work, at + 300 * second)?.seconds ?? Number.NaN;
    };

    it("leaves out a wait that spans a change of its owner", () => {
      expect(seen([1, 0, "one"], [31, 0, "one"], [32, 31, "one"])).toBeGreaterThan(30);
      expect(seen([1, 0, "one"], [31, 0, "two"], [41, 39, "two"], [51, 50, "two"])).toBeLessThanOrEqual(13);
      expect(seen([1, 0, "one"], [31, 0, null], [32, 31, "one"])).toBeLessThanOrEqual(3);
      expect(seen([1, 0, "one"], [31, 0, "two"], [32, 31, "one"])).toBeLessThanOrEqual(3);
    });

    it("leaves out the first wait after a claim, whoever wrote the checkpoint before it", () => {
      const claimed = [2, 1, "two"] as const;
      expect(seen([1, 0, "one"], [...claimed], [33, 1, "two"], [34, 33, "two"])).toBeLessThanOrEqual(3);
      const settled = [34, 33, "two"] as const;
      expect(seen([...claimed], [...settled], [64, 33, "two"], [65, 64, "two"])).toBeGreaterThan(30);
    });

    it("is unknown where nobody owns the partition", () => {
      expect(slowest(watched({ everyMs: 700, looks: 300, owner: null }), 3_000 * second)).toBeNull();
    });
  });

  it("is forgotten after a day", () => {
    const work = watched({ everyMs: 45 * second, looks: 300 });
    const later = watched({ everyMs: 700, looks: 200, from: 25 * hour, work });
    expect(slowest(later, 25 * hour + 2_000 * second)?.seconds).toBeLessThanOrEqual(46 - 10);
  });
});
