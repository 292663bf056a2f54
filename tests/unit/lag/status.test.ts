import { describe, expect, it } from "vitest";
import type { Status } from "#lib/api/status.ts";
import { type CommitRing, clearCommits, noCommits } from "#lib/lag/commits.ts";
import { type PartitionStatusInput, partitionStatus } from "#lib/lag/status.ts";
import { ringOf } from "./rings.ts";

const statusOf = (ring: CommitRing, second: number, rest: Partial<PartitionStatusInput> = {}): Status =>
  partitionStatus({ lag: 50, lagState: "ok", ring, lowestLastEnqueued: null, now: second * 1000, ...rest });

// Each rule of lib/lag/README.md#status with examples on both sides of its edges.

describe("before the rules: lag null, or noCheckpoint with lag above 0, is unknown", () => {
  const ring = ringOf([10, 10, 0], [20, 20, 0]);
  it("holds for an unknown lag, whatever the commits say", () => {
    expect(statusOf(ring, 21, { lag: null, lagState: "unreadable" })).toBe("unknown");
    expect(statusOf(ring, 21, { lag: 0 })).toBe("ok");
  });
  it("holds without a checkpoint", () => {
    expect(statusOf(noCommits, 21, { lagState: "noCheckpoint", lag: 1 })).toBe("unknown");
    expect(statusOf(noCommits, 21, { lagState: "noCheckpoint", lag: 0 })).toBe("ok");
    expect(statusOf(ring, 21, { lagState: "behindRetention", lag: 1 })).toBe("ok");
  });
});

describe("1. current lag at most the allowed one: ok", () => {
  const worst = ringOf([10, 10, 70], [5, 20, 80]);
  it("allows 0 by default", () => {
    expect(statusOf(worst, 9_999, { lag: 0 })).toBe("ok");
    expect(statusOf(worst, 9_999, { lag: 1 })).toBe("stop");
  });
  it("allows what is configured", () => {
    expect(statusOf(worst, 9_999, { lag: 5, allowedLag: 5 })).toBe("ok");
    expect(statusOf(worst, 9_999, { lag: 6, allowedLag: 5 })).toBe("stop");
  });
});

describe("2. silent for longer than the commits span, and not caught up in that window: stop", () => {
  const falling = ringOf([10, 10, 90], [20, 20, 80], [30, 30, 70]);
  it("only counts longer, not equal", () => {
    expect(statusOf(falling, 30 + 20)).toBe("ok");
    expect(statusOf(falling, 30 + 20.001)).toBe("stop");
  });
  it("takes 5 minutes for a single commit", () => {
    const single = ringOf([10, 10, 90]);
    expect(statusOf(single, 10 + 300)).not.toBe("stop");
    expect(statusOf(single, 10 + 300.001)).toBe("stop");
  });
  it("does not stop when a last-enqueued value of the window was at or below the newest commit", () => {
    expect(statusOf(falling, 9_999, { lowestLastEnqueued: 30 })).toBe("ok");
    expect(statusOf(falling, 9_999, { lowestLastEnqueued: 31 })).toBe("stop");
  });
  it("takes the allowed lag as caught up", () => {
    expect(statusOf(falling, 9_999, { lowestLastEnqueued: 35, allowedLag: 5 })).toBe("ok");
    expect(statusOf(falling, 9_999, { lowestLastEnqueued: 36, allowedLag: 5 })).toBe("stop");
  });
  it("leaves the dashboard's outages out of the span", () => {
    const outage = ringOf([10, 10, 90], [20, 20, 80], [900, 3_000, 70, 2_970], [910, 3_010, 60]);
    expect(statusOf(outage, 3_010 + 30)).toBe("ok");
    expect(statusOf(outage, 3_010 + 30.001)).toBe("stop");
  });
  it("takes 5 minutes also if nobody watched between any two, unless a longer silence was seen", () => {
    const apart = ringOf([10, 10, 90], [900, 3_000, 70, 2_970]);
    expect(statusOf(apart, 3_000 + 300)).not.toBe("stop");
    expect(statusOf(apart, 3_000 + 300.001)).toBe("stop");
    const patient = ringOf([10, 10, 90], [900, 3_000, 70, 2_390]);
    expect(statusOf(patient, 3_000 + 600)).not.toBe("stop");
    expect(statusOf(patient, 3_000 + 600.001)).toBe("stop");
  });
  it("comes before all later rules", () => {
    expect(statusOf(ringOf([30, 10, 90], [20, 20, 0]), 31)).toBe("stop");
  });
});

describe("3. a commit before its predecessor that no later one makes up for: rewind", () => {
  it("counts any step back", () => {
    expect(statusOf(ringOf([10, 10, 90], [9, 20, 95]), 21)).toBe("rewind");
    expect(statusOf(ringOf([10, 10, 90], [10, 20, 95]), 21)).not.toBe("rewind");
  });
  it("holds until a later commit reaches the predecessor", () => {
    expect(statusOf(ringOf([10, 10, 90], [5, 20, 95], [9, 30, 95]), 31)).toBe("rewind");
    expect(statusOf(ringOf([10, 10, 90], [5, 20, 95], [10, 30, 95]), 31)).not.toBe("rewind");
    expect(statusOf(ringOf([10, 10, 90], [5, 20, 95], [10, 30, 95], [8, 40, 95]), 41)).toBe("rewind");
  });
  it("comes before having been caught up", () => {
    expect(statusOf(ringOf([10, 10, 0], [5, 20, 95]), 21)).toBe("rewind");
  });
});

describe("4. lag at most the allowed one at some commit: ok", () => {
  it("holds even if it stands still or falls behind since", () => {
    expect(statusOf(ringOf([10, 10, 0], [10, 20, 40], [10, 30, 50]), 31)).toBe("ok");
    expect(statusOf(ringOf([10, 10, 1], [10, 20, 40], [10, 30, 50]), 31)).toBe("stall");
    expect(statusOf(ringOf([10, 10, 5], [12, 20, 40]), 21, { allowedLag: 5 })).toBe("ok");
    expect(statusOf(ringOf([10, 10, 6], [12, 20, 40]), 21, { allowedLag: 5 })).toBe("warn");
  });
  it("ignores an unknown lag", () => {
    expect(statusOf(ringOf([10, 10, null], [10, 20, 40]), 21)).toBe("stall");
  });
});

describe("5. all commits at one position: stall", () => {
  it("ends with even one step on", () => {
    expect(statusOf(ringOf([10, 10, 30], [10, 20, 40], [10, 30, 50]), 31)).toBe("stall");
    expect(statusOf(ringOf([10, 10, 30], [10, 20, 40], [11, 30, 50]), 31)).toBe("warn");
  });
  it("comes before the lag, which may even fall when retention removes events", () => {
    expect(statusOf(ringOf([10, 10, 50], [10, 20, 40]), 21)).toBe("stall");
  });
});

describe("6. no commit's lag below its predecessor's: warn", () => {
  it("does not take equal for below", () => {
    expect(statusOf(ringOf([10, 10, 70], [20, 20, 70]), 21)).toBe("warn");
    expect(statusOf(ringOf([10, 10, 70], [20, 20, 69]), 21)).toBe("ok");
  });
  it("skips an unknown lag and compares its neighbours", () => {
    expect(statusOf(ringOf([10, 10, 70], [20, 20, null], [30, 30, 60]), 31)).toBe("ok");
    expect(statusOf(ringOf([10, 10, 60], [20, 20, null], [30, 30, 70]), 31)).toBe("warn");
  });
  it("is unknown with fewer than two known lags", () => {
    expect(statusOf(ringOf([10, 10, null], [20, 20, null]), 21)).toBe("unknown");
    expect(statusOf(ringOf([10, 10, null], [20, 20, 70]), 21)).toBe("unknown");
    expect(statusOf(ringOf([10, 10, null], [20, 20, null]), 99)).toBe("stop");
  });
});

describe("7. else ok", () => {
  it("is ok when closer at some commits and further at others", () => {
    expect(statusOf(ringOf([10, 10, 70], [20, 20, 60], [30, 30, 99]), 31)).toBe("ok");
  });
});

describe("no false alarm", () => {
  it("is unknown at the first observation, until it is silent for too long", () => {
    const single = ringOf([10, 10, 30]);
    expect(statusOf(single, 10)).toBe("unknown");
    expect(statusOf(single, 10 + 300)).toBe("unknown");
    expect(statusOf(single, 10 + 301)).toBe("stop");
    expect(statusOf(ringOf([10, 10, 0]), 20)).toBe("ok");
    expect(statusOf(noCommits, 20)).toBe("unknown");
  });

  it("gives no rewind, stall or warning after a reset, but a stop if nobody takes it up", () => {
    const before = ringOf([100, 10, 30], [110, 20, 40], [120, 30, 50]);
    const reset = clearCommits(before, { sequenceNumber: 5, at: 40_000 });
    expect(statusOf(reset, 41)).toBe("unknown");
    expect(statusOf(reset, 40 + 300)).toBe("unknown");
    expect(statusOf(reset, 40 + 301)).toBe("stop");
    expect(statusOf(reset, 40 + 301, { lowestLastEnqueued: 5 })).toBe("unknown");
  });
});

describe("a partition that was read once and has no owner: stop after five minutes instead of unknown", () => {
  const unattended = (
    second: number,
    more: Partial<PartitionStatusInput> = {},
    ring: CommitRing = noCommits,
  ) => statusOf(ring, second, { lagState: "noCheckpoint", unattendedSince: 0, ...more });

  it("stops after more than five minutes", () => {
    expect(unattended(300)).toBe("unknown");
    expect(unattended(301)).toBe("stop");
  });
  it("does not stop when somebody owns it, or it was never read", () => {
    expect(unattended(9_999, { unattendedSince: null })).toBe("unknown");
  });
  it("does not stop when no more waits than allowed, or the lag is unknown", () => {
    expect(unattended(9_999, { lag: 0 })).toBe("ok");
    expect(unattended(9_999, { lag: null, lagState: "unreadable" })).toBe("unknown");
  });
  it("counts from the newest commit, and from a reset's write", () => {
    const reset = clearCommits(noCommits, { sequenceNumber: 9, at: 200_000 });
    expect(unattended(500, { lagState: "ok" }, reset)).toBe("unknown");
    expect(unattended(501, { lagState: "ok" }, reset)).toBe("stop");
  });
  it("leaves a reader alone that commits every ten minutes, even while its lags are unknown", () => {
    const commits = [0, 600].map((second, index) => ({
      sequenceNumber: index * 10,
      at: second * 1000,
      lag: null,
      blindMs: 0,
    }));
    const rare: CommitRing = { commits, lastModified: 600_000, ownWrite: null, progress: null };
    expect(unattended(600 + 599, { lagState: "ok", unattendedSince: 600_000 }, rare)).toBe("unknown");
    const known = ringOf([0, 0, 90], [10, 600, 80]);
    expect(unattended(600 + 599, { lagState: "ok", unattendedSince: 600_000 }, known)).toBe("ok");
  });
  it("waits when everything was read until just now", () => {
    const one = ringOf([10, 0, 5]);
    expect(unattended(3_600, { lagState: "ok", lowestLastEnqueued: 10 }, one)).toBe("unknown");
    expect(unattended(3_600, { lagState: "ok", lowestLastEnqueued: 11 }, one)).toBe("stop");
  });
});
