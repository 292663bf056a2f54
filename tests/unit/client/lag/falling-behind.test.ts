import { describe, expect, it } from "vitest";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { groupFindings } from "#lib/client/findings/group-findings.ts";
import { groupChip } from "#lib/client/lag/status-words.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";
import { fixtureGroupDetail, fixtureGroupPartition } from "#tests/support/worlds/fixture-world.ts";

type More = Partial<GroupPartition>;

const partitions = (...each: More[]) =>
  each.map((more, index) => fixtureGroupPartition({ partitionId: String(index), ...more }));

const findings = (each: More[], group: Parameters<typeof fixtureGroupDetail>[0] = {}) =>
  groupFindings(fixtureGroupDetail({ ...group, partitions: partitions(...each) }));

describe("falling behind", () => {
  const slow: More = { status: "warn", lag: 500, eventsInPerSecond: 8, eventsOutPerSecond: 2.4 };

  it("tells the speed per minute, and how many more readers would help", () => {
    const [finding] = findings([slow, slow], { partitionCount: 4 });
    expect(finding).toMatchObject({
      title: "All 2 partitions falling behind by 672 events a minute",
      evidence:
        "Between checkpoints 16/s come in and 4.8/s are processed. 1 % of one partition's retained events are unread.",
      next: "2 owners read all partitions: start up to 2 more, or make the handler faster.",
    });
  });

  it("counts the partitions that owners read, those without an owner, and none that a reset holds", () => {
    const next = (heldPartitions: number, ...owned: string[][]) =>
      findings([slow], {
        ...{ partitionCount: 8, ownedPartitions: owned.flat().length, heldPartitions },
        owners: owned.map((ids, at) => ({
          ownerId: `billing-${at}`,
          partitions: ids,
          lastRenewedAt: "2026-03-02T12:00:00.000Z",
        })),
      })[0]?.next;
    const more = "or make the handler faster.";
    expect(next(0, ["0", "1", "2"], ["3", "4"])).toBe(
      `2 owners read 5 of 8 partitions; 3 have no owner: start up to 6 more, ${more}`,
    );
    expect(next(3, ["0", "1", "2", "3"])).toBe(
      `1 owner reads 4 of 8 partitions; 1 has no owner: start up to 7 more, ${more}`,
    );
    expect(next(4, ["0", "1", "2", "3"])).toBe(
      `1 owner reads 4 of 8 partitions: start up to 7 more, ${more}`,
    );
  });

  it("tells since when, and when events will be lost unless another finding does", () => {
    const at = { behindSince: "2026-03-02T12:00:00.000Z", retentionUsed: 0.2 };
    const evidence = (secondsUntilLoss: number | null) =>
      findings([slow], { ...at, secondsUntilLoss })[0]?.evidence ?? "";
    const since =
      "Between checkpoints 8/s come in and 2.4/s are processed. The group has been behind since 2026-03-02 12:00:00 UTC.";
    expect(evidence(null)).toBe(`${since} 20 % of one partition's retained events are unread.`);
    expect(evidence(3 * 86_400)).toBe(
      `${since} 20 % of one partition's retained events are unread; at these rates events will be lost in 3 d.`,
    );
    expect(evidence(3_600)).toBe(since);
  });

  it("is told of a group whose partitions are all ok, beside whatever else is", () => {
    const growing = { lagSeconds: 290, eventsInPerSecond: 28, eventsOutPerSecond: 10, retentionUsed: 0.2 };
    const ok: More = { lag: 500, eventsInPerSecond: 14, eventsOutPerSecond: 5 };
    const found = findings([ok, ok], { ...growing, partitionCount: 4 });
    expect(found).toMatchObject([
      {
        kind: "warn",
        status: "warn",
        title: "The group is falling behind by 1,080 events a minute",
        evidence:
          "Between checkpoints 28/s come in and 10/s are processed. 20 % of one partition's retained events are unread.",
        next: "2 owners read all partitions: start up to 2 more, or make the handler faster.",
      },
    ]);
    const lost = findings([{ ...ok, lostEvents: 5 }, ok], growing);
    expect(lost.map(({ kind }) => kind)).toEqual(["lost", "warn"]);
  });

  it("has a finding exactly where the status on every page says so", () => {
    for (const lagSeconds of [0, 9, 10, 300])
      for (const eventsOutPerSecond of [0, 10, 26, 28, 40])
        for (const status of ["ok", "warn", "stop"] as const) {
          const group = fixtureGroupDetail({
            ...{ lagSeconds, eventsInPerSecond: 28, eventsOutPerSecond, status, totalLag: 900 },
            partitions: partitions({ status, lag: 900 }),
          });
          const isTold = groupFindings(group).some(({ kind }) => kind === "warn");
          expect(isTold, JSON.stringify([lagSeconds, eventsOutPerSecond, status])).toBe(
            groupChip(group).word === "Falling behind",
          );
        }
  });

  it("gives no figure when a rate is missing, and no readers when no partition is free", () => {
    const [finding] = findings(
      [slow, { ...slow, eventsOutPerSecond: null, statusReason: wireText("It grew.") }],
      {
        partitionCount: 2,
      },
    );
    expect(finding).toMatchObject({
      title: "All 2 partitions falling behind",
      evidence: "Partition 1: It grew. 1 % of one partition's retained events are unread.",
      next: expect.stringContaining("only one processor can read a partition"),
    });
  });
});
