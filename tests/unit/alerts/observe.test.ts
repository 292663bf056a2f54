import { describe, expect, it } from "vitest";
import { observeHub } from "#lib/alerts/observe.ts";
import type { AlertCondition } from "#lib/api/alerts.ts";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { ago } from "#tests/support/fixture-world.ts";
import { now, rule, snapshot } from "./fixtures.ts";

function holds(when: AlertCondition, group: Partial<ConsumerGroup>, partitions?: Partial<GroupPartition>[]) {
  const [seen] = observeHub([rule(when)], snapshot(group, partitions ? { partitions } : {}), now);
  return seen?.holds;
}

describe("a rule's condition", () => {
  it.each<[string, AlertCondition, Partial<ConsumerGroup>, boolean | null]>([
    ["status below", { status: "stall" }, { status: "warn" }, false],
    ["status at", { status: "stall" }, { status: "stall" }, true],
    ["status above", { status: "stall" }, { status: "stop" }, true],
    ["status unknown", { status: "stall" }, { status: "unknown" }, null],
    ["status ok is never at or above ok", { status: "ok" }, { status: "ok" }, false],
    ["lag below", { lag: 100 }, { measuredLag: 99 }, false],
    ["lag at", { lag: 100 }, { measuredLag: 100 }, true],
    ["only an upper bound of the lag", { lag: 100 }, { measuredLag: null, totalLag: 9_999 }, null],
    ["seconds below", { lagSeconds: 60 }, { lagSeconds: 59.9 }, false],
    ["seconds at", { lagSeconds: 60 }, { lagSeconds: 60 }, true],
    ["seconds unknown", { lagSeconds: 60 }, { lagSeconds: null }, null],
    ["a lower bound below", { lagSeconds: 60 }, { lagSeconds: 10, lagSecondsIsLowerBound: true }, null],
    ["a lower bound above", { lagSeconds: 60 }, { lagSeconds: 61, lagSecondsIsLowerBound: true }, true],
    ["loss later", { lossWithinSeconds: 600 }, { secondsUntilLoss: 600.5 }, false],
    ["loss within", { lossWithinSeconds: 600 }, { secondsUntilLoss: 600 }, true],
    ["lost already", { lossWithinSeconds: 600 }, { secondsUntilLoss: 0, lostEvents: 3 }, true],
    ["no loss in sight", { lossWithinSeconds: 600 }, { secondsUntilLoss: null, measuredLag: 7 }, false],
    ["loss not known", { lossWithinSeconds: 600 }, { secondsUntilLoss: null, measuredLag: null }, null],
    ["figures that are older ones", { lag: 100 }, { measuredLag: 100, stale: true }, null],
  ])("%s", (_, when, group, expected) => {
    expect(holds(when, group)).toBe(expected);
  });

  it.each<[string, Partial<GroupPartition>[], boolean | null]>([
    ["below", [{ retentionUsed: 0.79 }, { retentionUsed: null }], false],
    ["at, on one partition", [{ retentionUsed: 0.1 }, { retentionUsed: 0.8 }], true],
    ["of a partition that never had a checkpoint", [{ retentionUsed: 1, lagIsUpperBound: true }], null],
  ])("retention used: %s", (_, partitions, expected) => {
    expect(holds({ retentionUsed: 0.8 }, {}, partitions)).toBe(expected);
  });

  const owner = (state: "active" | "expired" | "released", seconds: number) => ({
    owner: { ownerId: "a", state, lastRenewedAt: ago(seconds) },
  });
  it.each<[string, Partial<GroupPartition>[], boolean]>([
    ["released for less", [owner("released", 299)], false],
    ["released for so long", [owner("released", 300)], true],
    ["expired: counts from the expiry on", [owner("expired", 359)], false],
    ["expired for so long", [owner("expired", 360)], true],
    ["owned", [owner("active", 5)], false],
    ["never claimed by anybody: a group without load balancing", [{ owner: null }], false],
  ])("unowned: %s", (_, partitions, expected) => {
    expect(holds({ unownedSeconds: 300 }, { ownershipExpirationSeconds: 60 }, partitions)).toBe(expected);
  });

  it("is the worse, the more partitions have no owner, and among as many the longer", () => {
    const measure = (...partitions: Partial<GroupPartition>[]) =>
      observeHub(
        [rule({ unownedSeconds: 300 })],
        snapshot({ ownershipExpirationSeconds: 60 }, { partitions }),
        now,
      )[0]?.measure ?? 0;
    const [short, long] = [owner("released", 301), owner("released", 90_000)];
    expect(measure(long)).toBeGreaterThan(measure(short));
    expect(measure(short, short)).toBeGreaterThan(measure(long));
  });

  it("a hub that can't be read: by the age of the oldest figures", () => {
    const error = { code: "azureUnreachable" as const, message: "Nobody answers." };
    const blind = (seconds: number) =>
      observeHub(
        [rule({ staleSeconds: 300 })],
        snapshot(null, { hub: { error, observedAt: ago(seconds), stale: true } }),
        now,
      )[0];
    expect(blind(299)).toMatchObject({ holds: false, subject: { group: null } });
    expect(blind(300)).toMatchObject({ holds: true, since: now - 300_000 });
    expect(blind(300)?.summary).toContain("Nobody answers.");
  });

  it("a hub that was never read: has to fail for as long as the limit", () => {
    const error = { code: "azureUnreachable" as const, message: "Nobody answers." };
    const [seen] = observeHub(
      [rule({ staleSeconds: 300 }, { forSeconds: 0 })],
      snapshot(null, { hub: { error, observedAt: null } }),
      now,
    );
    expect(seen).toMatchObject({ holds: true, since: null, forSeconds: 300 });
  });

  it("a group that stopped is not told as stalled as well, and one that stalls is", () => {
    const both = [rule({ status: "stall" }, { id: "a" }), rule({ status: "stop" }, { id: "b" })];
    const seen = (status: "stall" | "stop") =>
      observeHub(both, snapshot({ status }), now).map(({ holds: each }) => each);
    expect(seen("stop")).toEqual([null, true]);
    expect(seen("stall")).toEqual([true, false]);
  });

  it("a group that loses events is not told as near its retention as well", () => {
    const both = [rule({ retentionUsed: 0.8 }, { id: "a" }), rule({ lossWithinSeconds: 60 }, { id: "b" })];
    const seen = (secondsUntilLoss: number) =>
      observeHub(
        both,
        snapshot({ secondsUntilLoss, lostEvents: 271 }, { partitions: [{ retentionUsed: 1 }] }),
        now,
      );
    expect(seen(0).map(({ holds: each }) => each)).toEqual([null, true]);
    expect(seen(0)[1]?.summary).toBe("Events are being lost: 271 events left the stream unread so far.");
    expect(seen(61).map(({ holds: each }) => each)).toEqual([true, false]);
  });

  it("is not over because a partition could not be read", () => {
    const seen = (partitions: Partial<GroupPartition>[]) =>
      holds({ status: "stop" }, { status: "ok" }, partitions);
    expect(seen([{ lag: null, lagState: "unknown" }, {}])).toBeNull();
    expect(seen([{ lag: null, lagState: "unreadable" }, {}])).toBe(false);
  });

  it("is told beside a graver one that opens later, or elsewhere", () => {
    const stall = rule({ status: "stall" }, { id: "a", forSeconds: 60, channels: ["pager"] });
    const seen = (more: Parameters<typeof rule>[1]) =>
      observeHub(
        [stall, rule({ status: "stop" }, { id: "b", forSeconds: 60, channels: ["pager", "mail"], ...more })],
        snapshot({ status: "stop" }),
        now,
      )[0]?.holds;
    expect(seen({})).toBeNull();
    expect(seen({ forSeconds: 61 })).toBe(true);
    expect(seen({ channels: ["mail"] })).toBe(true);
  });

  it("says of how many partitions it is", () => {
    const [seen] = observeHub(
      [rule({ status: "stop" })],
      snapshot({ status: "stop", statusPartitions: 1 }, { partitions: [{}, {}, {}] }),
      now,
    );
    expect(seen?.summary).toMatch(/^On 1 of 3 partitions: Stopped, no checkpoint/);
  });

  it("is looked at where the patterns match, without case", () => {
    const found = (hubs: string[], groups: string[]) =>
      observeHub([rule({ lag: 1 }, { hubs, groups })], snapshot({ name: "Billing-EU" }), now).length;
    expect(found(["ord*"], ["billing-*"])).toBe(1);
    expect(found(["*"], ["billing"])).toBe(0);
    expect(found(["refunds"], ["*"])).toBe(0);
    expect(found(["orders"], ["x", "*-eu"])).toBe(1);
    expect(found(["orders"], ["billing.eu"])).toBe(0);
  });
});
