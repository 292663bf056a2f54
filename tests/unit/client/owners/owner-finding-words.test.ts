import { describe, expect, it } from "vitest";
import { utcTimes } from "#lib/client/history/time-axis.ts";
import { type FindingPiece, findingWords, noProblems } from "#lib/client/owners/owner-finding-words.ts";
import type { OwnerFinding } from "#lib/ownership/owner-findings.ts";

const now = Date.parse("2026-11-22T15:00:00Z");
const at = (clock: string) => Date.parse(`2026-11-22T${clock}Z`);

const plain = (piece: FindingPiece) =>
  typeof piece === "string" ? piece : "ownerId" in piece ? piece.ownerId : piece.partitionId;

function said(finding: OwnerFinding, partitionCount = 32, knownFrom = at("13:00:00")): string {
  const { sentence, partitions } = findingWords(finding, {
    now,
    knownFrom,
    partitionCount,
    times: utcTimes,
  });
  const each = partitions.map(({ partitionId, text }) => `${partitionId} ${text}`);
  return [sentence.map(plain).join(""), ...each].join(" | ");
}

const unowned = (over: Partial<Extract<OwnerFinding, { kind: "unowned" }>>): OwnerFinding => ({
  kind: "unowned",
  isAll: false,
  hadOwners: true,
  partitions: [],
  ...over,
});

describe("a partition without an owner in words", () => {
  const still = { partitionId: "9", from: at("14:48:00"), to: null };
  const over = { partitionId: "3", from: at("14:00:00"), to: at("14:03:10") };

  it("tells how long, and if it continues", () => {
    expect(said(unowned({ partitions: [still] }))).toBe(
      "Partition 9 has had no owner for 12 m, since 2026-11-22 14:48:00 UTC.",
    );
    expect(said(unowned({ partitions: [over] }))).toBe(
      "Partition 3 had no owner for 3 m 10 s, from 2026-11-22 14:00:00 to 14:03:10 UTC.",
    );
  });

  it("tells each of several", () => {
    expect(said(unowned({ partitions: [still, over] }))).toBe(
      "2 partitions had no owner for a while, 1 still: | 9 12 m so far | 3 3 m 10 s",
    );
  });

  it("tells a stopped group once, and a group that never owned anything as such", () => {
    const partitions = [still, { ...still, partitionId: "3" }];
    expect(said(unowned({ isAll: true, partitions }), 2)).toBe(
      "Nobody owns any of the 2 partitions for 12 m, since 2026-11-22 14:48:00 UTC.",
    );
    expect(said(unowned({ isAll: true, hadOwners: false, partitions }), 2)).toMatch(
      /^No partition had an owner in this range\. .*if checkpoints move/,
    );
  });
});

describe("an owner without progress in words", () => {
  const one = {
    partitionId: "9",
    ownerId: "alerts-1",
    since: at("14:48:00"),
    hasCheckpoint: true,
    isSinceTakeover: false,
    waiting: 1_204,
  };

  it.each([
    [one, "has not moved its checkpoint for 12 m while 1,204 events wait."],
    [{ ...one, waiting: 1 }, "has not moved its checkpoint for 12 m while 1 event waits."],
    [
      { ...one, isSinceTakeover: true },
      "has not moved its checkpoint since it came, 12 m ago, while 1,204 events wait.",
    ],
    [{ ...one, since: null }, "writes the same position again and again while 1,204 events wait."],
    [{ ...one, hasCheckpoint: false }, "has written no checkpoint in 12 m, though events came in."],
  ])("%#", (partition, text) => {
    expect(said({ kind: "standsStill", partitions: [partition] })).toBe(
      `alerts-1 renews its ownership of partition 9, but ${text}`,
    );
  });

  it("tells each of several", () => {
    const others = [
      one,
      { ...one, partitionId: "4", isSinceTakeover: true },
      { ...one, partitionId: "2", since: null },
    ];
    expect(said({ kind: "standsStill", partitions: others })).toMatch(
      /^3 partitions have a live owner.* \| 9 for 12 m \| 4 for 12 m under its owner \| 2 writes one position again and again$/,
    );
  });
});

it("tells how often a partition changed owners, and the threshold", () => {
  const one = { partitionId: "5", changes: 12, from: at("14:02:10"), to: at("14:58:01") };
  const finding: OwnerFinding = { kind: "flapping", partitions: [one] };
  expect(said(finding)).toBe(
    "Partition 5 changed owners 12 times within an hour, from 2026-11-22 14:02:10 to 14:58:01 UTC.",
  );
  expect(findingWords(finding, { now, knownFrom: null, partitionCount: 32, times: utcTimes }).limit).toBe(
    "limit: 6 changes an hour",
  );
  expect(said(finding, 32, at("14:02:00"))).toMatch(/12 times within the 58 m known of this range, /);
  expect(said(finding, 32, at("14:00:00"))).toContain("within an hour");
  const two = [one, { ...one, partitionId: "7", changes: 9 }];
  expect(said({ kind: "flapping", partitions: two })).toMatch(/^2 partitions .* \| 5 12 times \| 7 9 times$/);
});

it("tells who has more than an even share", () => {
  const finding: OwnerFinding = {
    kind: "uneven",
    owners: [
      { ownerId: "a", partitions: 14 },
      { ownerId: "b", partitions: 12 },
    ],
    share: { least: 10, most: 11 },
    least: 6,
    isSettling: false,
  };
  expect(said(finding)).toBe(
    "a owns 14, b owns 12 of 32 partitions: an even share is 10 or 11, and the owner with fewest has 6.",
  );
  expect(said({ ...finding, isSettling: true })).toMatch(/may still settle\.$/);
});

it("tells what was checked when nothing is wrong", () => {
  expect(noProblems([], true)).toBe("No problems: every partition owned, stable, moving and balanced.");
  expect(noProblems(["11", "14"], true)).toBe(
    "No problems yet: partitions 11 and 14 have no owner, for less than 2 m.",
  );
  expect(noProblems([], false)).toBe("Not known: owners were not watched in this range.");
});
