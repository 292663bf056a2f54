import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Status, statuses } from "#lib/api/status.ts";
import { addCommit, type CommitRing, noCommits } from "#lib/lag/commits.ts";
import { PositionRing } from "#lib/lag/positions.ts";
import {
  groupStatus,
  lowestLastEnqueued,
  type PartitionStatusInput,
  partitionStatus,
} from "#lib/lag/status.ts";

type Sample = readonly [sequenceNumber: number, second: number, lag: number | null];

function ringOf(...samples: Sample[]): CommitRing {
  return samples.reduce(
    (ring, [sequenceNumber, second, lag]) => addCommit(ring, { sequenceNumber, at: second * 1000, lag }),
    noCommits,
  );
}

const statusOf = (ring: CommitRing, second: number, rest: Partial<PartitionStatusInput> = {}): Status =>
  partitionStatus({ lag: 50, lagState: "ok", ring, lowestLastEnqueued: null, now: second * 1000, ...rest });

const falling = ringOf([10, 10, 90], [20, 20, 80], [30, 30, 70]);
const growing = ringOf([10, 10, 70], [20, 20, 80], [30, 30, 90]);

describe("a partition, in the order of the rules", () => {
  it("unknown: no lag, or no checkpoint to judge", () => {
    expect(statusOf(growing, 30, { lag: null, lagState: "unreadable" })).toBe("unknown");
    expect(statusOf(noCommits, 30, { lagState: "noCheckpoint" })).toBe("unknown");
    expect(statusOf(noCommits, 30, { lagState: "noCheckpoint", lag: 0 })).toBe("ok");
    expect(statusOf(noCommits, 30)).toBe("unknown");
  });

  it("ok: level, however long ago the last commit was", () => {
    expect(statusOf(growing, 9999, { lag: 0 })).toBe("ok");
    expect(statusOf(growing, 9999, { lag: 5, allowedLag: 5 })).toBe("ok");
    expect(statusOf(growing, 9999, { lag: 6, allowedLag: 5 })).toBe("stop");
  });

  it("stop: silent for longer than the commits span", () => {
    expect(statusOf(falling, 50)).toBe("ok");
    expect(statusOf(falling, 50.001)).toBe("stop");
    const single = ringOf([10, 10, 90]);
    expect(statusOf(single, 310)).not.toBe("stop");
    expect(statusOf(single, 310.001)).toBe("stop");
  });

  it("not stop: the group was level lately, and silent because there was nothing to read", () => {
    expect(statusOf(falling, 9999, { lowestLastEnqueued: 30 })).toBe("ok");
    expect(statusOf(falling, 9999, { lowestLastEnqueued: 31 })).toBe("stop");
  });

  it("rewind: a step back that no later commit makes good", () => {
    expect(statusOf(ringOf([10, 10, 90], [5, 20, 95], [9, 30, 95]), 31)).toBe("rewind");
    expect(statusOf(ringOf([10, 10, 90], [5, 20, 95], [10, 30, 95]), 31)).not.toBe("rewind");
    expect(statusOf(ringOf([10, 10, 0], [5, 20, 95]), 21)).toBe("rewind");
  });

  it("ok: level at some commit, though standing still since", () => {
    expect(statusOf(ringOf([10, 10, 0], [10, 20, 40], [10, 30, 50]), 31)).toBe("ok");
  });

  it("stall: commits again and again at one position", () => {
    expect(statusOf(ringOf([10, 10, 30], [10, 20, 40], [10, 30, 50]), 31)).toBe("stall");
    expect(statusOf(ringOf([10, 10, 30], [10, 20, 40], [11, 30, 50]), 31)).not.toBe("stall");
  });

  it("unknown: a single commit tells no movement, until it was silent for 5 minutes", () => {
    const single = ringOf([10, 10, 30]);
    expect(statusOf(single, 20)).toBe("unknown");
    expect(statusOf(single, 10 + 300)).toBe("unknown");
    expect(statusOf(single, 10 + 301)).toBe("stop");
    expect(statusOf(ringOf([10, 10, 0]), 20)).toBe("ok");
  });

  it("warn: moving, but at no commit any closer", () => {
    expect(statusOf(growing, 31)).toBe("warn");
    expect(statusOf(ringOf([10, 10, 70], [20, 20, 70]), 21)).toBe("warn");
    expect(statusOf(ringOf([10, 10, 70], [20, 20, null], [30, 30, 60]), 31)).toBe("warn");
  });

  it("ok: closer at some commit", () => {
    expect(statusOf(falling, 31)).toBe("ok");
    expect(statusOf(ringOf([10, 10, 70], [20, 20, 60], [30, 30, 99]), 31)).toBe("ok");
  });
});

it("turns to stop with time alone, never back, and to nothing else", () => {
  const sample = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 100 }), fc.option(fc.nat(100)));
  fc.assert(
    fc.property(
      fc.array(sample, { minLength: 1, maxLength: 15 }),
      fc.nat(2000),
      fc.nat(2000),
      (steps, a, b) => {
        let second = 0;
        const samples = steps.map(([value, wait, lag]): Sample => {
          second += wait;
          return [value, second, lag];
        });
        const ring = ringOf(...samples);
        const early = statusOf(ring, second + Math.min(a, b));
        const late = statusOf(ring, second + Math.max(a, b));
        expect(late === early || late === "stop").toBe(true);
      },
    ),
  );
});

describe("the smallest last-enqueued value seen in the window", () => {
  const positions = new PositionRing();
  for (let second = 0; second <= 600; second += 10) positions.add(second < 500 ? 100 : second, second * 1000);

  it("reaches back as far as the commits span", () => {
    const spanning200 = ringOf([1, 0, 1], [2, 200, 1]);
    expect(lowestLastEnqueued(positions, spanning200, 600_000, 10_000)).toBe(100);
    const spanning50 = ringOf([1, 0, 1], [2, 50, 1]);
    expect(lowestLastEnqueued(positions, spanning50, 600_000, 10_000)).toBe(550);
  });

  it("reaches back 5 minutes for a single commit, and 3 refreshes at least", () => {
    expect(lowestLastEnqueued(positions, ringOf([1, 0, 1]), 600_000, 10_000)).toBe(100);
    const spanning1 = ringOf([1, 0, 1], [2, 1, 1]);
    expect(lowestLastEnqueued(positions, spanning1, 600_000, 10_000)).toBe(570);
  });

  it("is null where nothing was seen", () => {
    expect(lowestLastEnqueued(new PositionRing(), noCommits, 0, 10_000)).toBeNull();
    expect(lowestLastEnqueued(positions, ringOf([1, 0, 1], [2, 1, 1]), 9_000_000, 10_000)).toBeNull();
  });
});

describe("a group", () => {
  it("is as bad as its worst partition that is known", () => {
    expect(groupStatus(["ok", "warn", "stall", "rewind", "stop"])).toBe("stop");
    expect(groupStatus(["ok", "rewind", "unknown", "stall"])).toBe("rewind");
    expect(groupStatus(["unknown", "ok"])).toBe("ok");
    expect(groupStatus(["unknown", "unknown"])).toBe("unknown");
    expect(groupStatus([])).toBe("unknown");
  });

  it("never gets better by one more partition", () => {
    const status = fc.constantFrom(...statuses.filter((one) => one !== "unknown"));
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), status, (known, more) => {
        const severity = (one: Status) => statuses.indexOf(one);
        expect(severity(groupStatus([...known, more]))).toBeGreaterThanOrEqual(severity(groupStatus(known)));
      }),
    );
  });
});
