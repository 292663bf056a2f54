import { describe, expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { groupFindings } from "#lib/client/findings/group-findings.ts";
import { ownIdentifier } from "#lib/core/own-writes.ts";
import { ago, fixtureGroupDetail, fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

type More = Partial<GroupPartition>;

const stopped: More = { status: "stop", lag: 50, checkpoint: null };
const ownedBy = (ownerId: string, seconds: number | null): More => ({
  owner: { ownerId, lastRenewedAt: ago(3), state: "active" },
  ownerSince: seconds === null ? null : ago(seconds),
});
const silent = (spanSeconds: number) =>
  toWire(reason("silent", { since: ago(9_000), checkpoints: 10, spanSeconds, unwatchedSeconds: 0 }));

function findingOf(...each: More[]) {
  const partitions = each.map((more, i) => fixtureGroupPartition({ partitionId: String(i), ...more }));
  return groupFindings(fixtureGroupDetail({ observedAt: ago(0), partitions }))[0];
}

describe("a stopped partition with an owner", () => {
  it("is not called stuck before a first checkpoint is due", () => {
    expect(findingOf({ ...stopped, ...ownedBy("a", 3) })?.next).toBe(
      "Taken over 3 s ago; no checkpoint yet.",
    );
    expect(findingOf({ ...stopped, ...ownedBy("a", 0) })?.next).toBe(
      "Taken over just now; no checkpoint yet.",
    );
    expect(findingOf({ ...stopped, ...ownedBy("a", 61) })?.next).toContain("alive but stuck");
    expect(findingOf({ ...stopped, ...ownedBy("a", null) })?.next).toContain("alive but stuck");
  });

  it("is told with a bound where nobody watched before it was seen", () => {
    const bounded = (seconds: number) => ({
      ...stopped,
      ...ownedBy("a", seconds),
      ownerSinceIsUpperBound: true,
    });
    expect(findingOf(bounded(0))?.next).toBe(
      "Taken over before the dashboard's first look; no checkpoint yet.",
    );
    expect(findingOf(bounded(12))?.next).toBe("Taken over at least 12 s ago; no checkpoint yet.");
    expect(findingOf(bounded(61))?.next).toContain("alive but stuck");
  });

  it("is called stuck once it wrote a checkpoint, and not for what a reset wrote", () => {
    const { checkpoint } = fixtureGroupPartition();
    const wrote = (seconds: number, writtenBy: string | null) =>
      findingOf({
        ...stopped,
        ...ownedBy("a", 30),
        checkpoint: checkpoint && { ...checkpoint, updatedAt: ago(seconds), writtenBy },
      })?.next;
    expect(wrote(20, null)).toContain("alive but stuck");
    expect(wrote(31, null)).toBe("Taken over 30 s ago; no checkpoint yet.");
    expect(wrote(20, ownIdentifier("55278c1e", "0"))).toBe("Taken over 30 s ago; no checkpoint yet.");
  });

  it("has as long as its checkpoints lay apart", () => {
    const every100Seconds = { ...stopped, statusReason: silent(900) };
    expect(findingOf({ ...every100Seconds, ...ownedBy("a", 99) })?.next).toBe(
      "Taken over 1 m 39 s ago; no checkpoint yet.",
    );
    expect(findingOf({ ...every100Seconds, ...ownedBy("a", 100) })?.next).toContain("stuck");
  });

  it("is told with the others that were taken over", () => {
    const two = [
      { ...stopped, ...ownedBy("a", 3) },
      { ...stopped, ...ownedBy("b", 8) },
    ];
    expect(findingOf(...two)?.next).toBe("Taken over 8 s ago by 2 owners; no checkpoint yet.");
    expect(findingOf(...two, { ...stopped, ...ownedBy("c", 300) })?.next).toMatch(
      /^Their owner is alive but stuck/,
    );
  });
});

describe("the event that an owner may fail on", () => {
  it("is named as a cause, and offered for the partitions furthest behind first", () => {
    const finding = findingOf(
      { ...stopped, ...ownedBy("a", 600) },
      { ...stopped, ...ownedBy("b", 600), lag: 90 },
      { ...stopped, owner: null },
      { ...stopped, ...ownedBy("c", 3) },
    );
    expect(finding?.next).toContain("an event that fails every time");
    expect(finding?.suspects).toEqual(["1", "0"]);
  });

  it("is offered for stalled partitions, and for no others", () => {
    const owned = ownedBy("a", 600);
    expect(findingOf({ status: "stall", lag: 5, ...owned })?.suspects).toEqual(["0"]);
    expect(findingOf({ status: "stall", lag: 5, owner: null })?.suspects).toEqual([]);
    expect(findingOf({ status: "warn", lag: 5, ...owned })?.suspects).toEqual([]);
  });
});
