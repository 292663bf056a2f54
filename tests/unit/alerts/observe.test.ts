import { describe, expect, it } from "vitest";
import { type Cause, nextCause } from "#lib/alerts/incident.ts";
import { observeHub } from "#lib/alerts/observe-hub.ts";
import type { AlertCondition } from "#lib/api/alerts.ts";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { ago } from "#tests/support/worlds/fixture-world.ts";
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
    ["the status that is not known", { status: "unknown" }, { status: "unknown" }, true],
    ["a status that is known, however bad", { status: "unknown" }, { status: "stop" }, false],
    ["a status of older figures", { status: "unknown" }, { status: "unknown", stale: true }, null],
    ["lag below", { lag: 100 }, { measuredLag: 99 }, false],
    ["lag at", { lag: 100 }, { measuredLag: 100 }, true],
    ["only an upper bound of the lag", { lag: 100 }, { measuredLag: null, totalLag: 9_999 }, null],
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
    ["below", [{ lagSeconds: 59.9 }], false],
    ["at, on one partition", [{ lagSeconds: 0 }, { lagSeconds: 60 }], true],
    ["unknown", [{ lagSeconds: null }], null],
    ["a lower bound above", [{ lagSeconds: 61, lagSecondsIsLowerBound: true }], true],
    [
      "of a partition that never had a checkpoint",
      [{ lagSeconds: 0 }, { lagSeconds: 9_000, lagIsUpperBound: true, lagSecondsIsLowerBound: true }],
      false,
    ],
  ])("time behind: %s", (_, partitions, expected) => {
    expect(holds({ lagSeconds: 60 }, {}, partitions)).toBe(expected);
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

  it("ranks more partitions as worse, and among as many the longer time", () => {
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

  it("judges an unreadable hub by the age of its oldest figures", () => {
    const error = { code: "azureUnreachable" as const, message: "Nobody answers." };
    const blind = (seconds: number) =>
      observeHub(
        [rule({ staleSeconds: 300 })],
        snapshot(null, { hub: { error, observedAt: ago(seconds), stale: true } }),
        now,
      )[0];
    expect(blind(299)).toMatchObject({ holds: false, subject: { group: null } });
    expect(blind(300)).toMatchObject({ holds: true, since: now - 300_000 });
    expect(blind(300)?.summary).toEqual(like("figuresUnread", { errorMessage: error.message }));
  });

  it("tells a hub that was never read once it has failed for the limit", () => {
    const error = { code: "azureUnreachable" as const, message: "Nobody answers." };
    const [seen] = observeHub(
      [rule({ staleSeconds: 300 }, { forSeconds: 0 })],
      snapshot(null, { hub: { error, observedAt: null } }),
      now,
    );
    expect(seen).toMatchObject({ holds: true, since: null, forSeconds: 300 });
  });

  it("tells a stopped group as stopped only, and a stalled one as stalled", () => {
    const both = [rule({ status: "stall" }, { id: "a" }), rule({ status: "stop" }, { id: "b" })];
    const seen = (status: "stall" | "stop") =>
      observeHub(both, snapshot({ status }), now).map(({ holds: each }) => each);
    expect(seen("stop")).toEqual([null, true]);
    expect(seen("stall")).toEqual([true, false]);
  });

  it("tells a loss of events without the rule for used retention", () => {
    const both = [rule({ retentionUsed: 0.8 }, { id: "a" }), rule({ lossWithinSeconds: 60 }, { id: "b" })];
    const seen = (secondsUntilLoss: number) =>
      observeHub(
        both,
        snapshot({ secondsUntilLoss, lostEvents: 271 }, { partitions: [{ retentionUsed: 1 }] }),
        now,
      );
    expect(seen(0).map(({ holds: each }) => each)).toEqual([null, true]);
    expect(seen(0)[1]?.summary).toEqual(reason("eventsBeingLost", { lostEvents: 271 }));
    expect(seen(61).map(({ holds: each }) => each)).toEqual([true, false]);
  });

  it("takes events that are lost for worse than any used retention, by their number", () => {
    const measure = (lostEvents: number) =>
      observeHub(
        [rule({ retentionUsed: 0.8 })],
        snapshot({ lostEvents }, { partitions: [{ retentionUsed: 1 }] }),
        now,
      )[0]?.measure;
    expect([0, 5, 271].map(measure)).toEqual([1, 6, 272]);
  });

  describe("stays open while a partition that it held for is unknown", () => {
    const unread = { lag: null, lagState: "unknown", status: "unknown" } as const;
    const broken = { lag: null, lagState: "unreadable", status: "unknown" } as const;
    const justReset = { lag: 750, lagState: "ok", status: "unknown" } as const;
    const at = (partitionId: string, partition: Partial<GroupPartition>) => ({ ...partition, partitionId });
    type Observed = [group: Partial<ConsumerGroup>, partitions: Partial<GroupPartition>[]];

    /** True if an incident from the first observation is still open after the others, which are far apart. */
    function staysOpen(when: AlertCondition, observations: Observed[], restart = false): boolean {
      let cause: Cause | null = null;
      for (const [index, [group, partitions]] of observations.entries()) {
        const time = now + index * 600_000;
        const [seen] = observeHub([rule(when, { forSeconds: 0 })], snapshot(group, { partitions }), time);
        if (seen === undefined) throw new Error("The rule does not look at the group.");
        const next = nextCause(cause, seen, time);
        if (next.step === "closed") return false;
        cause = next.cause;
        if (restart && index === 0 && cause !== null) cause = { ...cause, heldBy: null };
      }
      return cause !== null;
    }

    const stopped: Observed = [{ status: "stop" }, [at("0", { status: "stop" }), at("1", { status: "ok" })]];
    const level: Observed = [{ status: "ok" }, [at("0", { status: "ok" }), at("1", { status: "ok" })]];
    it.each<[string, Partial<GroupPartition>, Partial<GroupPartition>, boolean]>([
      ["it is level", { status: "ok" }, { status: "ok" }, false],
      ["it could not be read", unread, { status: "ok" }, true],
      ["its checkpoint is broken", broken, { status: "ok" }, true],
      ["it was reset, and nothing is known yet", justReset, { status: "ok" }, true],
      ["another one is broken", { status: "ok" }, broken, false],
      ["another one could not be read", { status: "ok" }, unread, false],
    ])("%s", (_, first, second, isOpen) => {
      const after: Observed = [{ status: "ok" }, [at("0", first), at("1", second)]];
      expect(staysOpen({ status: "stop" }, [stopped, after, after])).toBe(isOpen);
      expect(staysOpen({ status: "stop" }, [stopped, after, level, level])).toBe(false);
    });

    it("stays open while others still hold, and after a restart for what will be known again", () => {
      const other: Observed = [{ status: "stop" }, [at("0", broken), at("1", { status: "stop" })]];
      const after: Observed = [{ status: "ok" }, [at("0", broken), at("1", { status: "ok" })]];
      expect(staysOpen({ status: "stop" }, [stopped, other, after, after])).toBe(true);
      expect(staysOpen({ status: "stop" }, [stopped, after, after], true)).toBe(false);
      const passing: Observed = [{ status: "ok" }, [at("0", { status: "ok" }), at("1", unread)]];
      expect(staysOpen({ status: "stop" }, [stopped, passing, passing], true)).toBe(true);
    });

    it("closes by the time lag when only a lower bound of another partition is known", () => {
      const late = (lagSeconds: number, lagSecondsIsLowerBound = false) => ({
        lagSeconds,
        lagSecondsIsLowerBound,
      });
      const before: Observed = [{}, [at("0", late(90)), at("1", late(0))]];
      const looks = (zero: Partial<GroupPartition>, one: Partial<GroupPartition>): Observed[] => {
        const after: Observed = [{}, [at("0", zero), at("1", one)]];
        return [before, after, after];
      };
      expect(staysOpen({ lagSeconds: 60 }, looks(late(1), late(5, true)))).toBe(false);
      expect(staysOpen({ lagSeconds: 60 }, looks(late(5, true), late(0)))).toBe(true);
      // Values that never become known must not keep it open forever after a restart.
      const again = (one: Partial<GroupPartition>) =>
        staysOpen({ lagSeconds: 60 }, looks(late(1), { ...late(0), ...one }), true);
      expect(again({ ...broken, lagSeconds: null })).toBe(false);
      expect(again({ ...unread, lagSeconds: null })).toBe(true);
    });

    it("counts lost events as lost even when nothing waits any more", () => {
      const lost = { secondsUntilLoss: 0, lostEvents: 5_040 };
      const gone: Observed = [lost, [at("0", { ...lost, lag: 0, lagState: "empty", status: "ok" })]];
      expect(staysOpen({ lossWithinSeconds: 60 }, [gone, gone, gone])).toBe(true);
    });
  });

  it("is told besides a graver one that opens later or elsewhere", () => {
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

  it("tells how many partitions it affects", () => {
    const [seen] = observeHub(
      [rule({ status: "stop" })],
      snapshot({ status: "stop", statusPartitions: 1 }, { partitions: [{}, {}, {}] }),
      now,
    );
    expect(seen?.summary).toEqual(like("statusIs", { status: "stop", partitions: 1, partitionCount: 3 }));
    const [told] = observeHub(
      [rule({ status: "stop" })],
      snapshot(
        { status: "stop", statusPartitions: 1, measuredLag: 361 },
        {
          partitions: [
            { status: "stop", lag: 219 },
            { status: "ok", lag: 142 },
          ],
        },
      ),
      now,
    );
    expect(told?.summary).toEqual(like("statusIs", { lag: 219 }));
  });

  it("applies where the patterns match, ignoring case", () => {
    const found = (hubs: string[], groups: string[]) =>
      observeHub([rule({ lag: 1 }, { hubs, groups })], snapshot({ name: "Billing-EU" }), now).length;
    expect(found(["ord*"], ["billing-*"])).toBe(1);
    expect(found(["*"], ["billing"])).toBe(0);
    expect(found(["refunds"], ["*"])).toBe(0);
    expect(found(["orders"], ["x", "*-eu"])).toBe(1);
    expect(found(["orders"], ["billing.eu"])).toBe(0);
  });
});
