import { expect, it } from "vitest";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import { groupFindings } from "#lib/client/findings/group-findings.ts";
import { needsAttention, sentence } from "#lib/client/lag/attention.ts";
import { lossesOf, sumLosses } from "#lib/client/lag/losses.ts";
import {
  fixtureGroup,
  fixtureGroupDetail,
  fixtureGroupPartition,
} from "#tests/support/worlds/fixture-world.ts";

const since = "2026-03-02T14:05:00.000Z";
const later = "2026-03-02T15:00:00.000Z";
const losing = (past: number | null, total: number | null, at: string | null = since) => ({
  lostEvents: past,
  lostEventsTotal: total,
  lostEventsSince: at,
});

it.each([
  ["the total, however few are left past the checkpoint", losing(280, 3_849), { events: 3_849, since }],
  ["the total of a group that has moved on", losing(0, 3_849), { events: 3_849, since }],
  ["what had gone before anybody watched, without a time", losing(564, 0), { events: 564, since: null }],
  ["no total below what is past the checkpoint", losing(689, 200), { events: 689, since: null }],
  ["the total where just that is past the checkpoint", losing(200, 200), { events: 200, since }],
  ["nothing where nothing went", losing(0, 0), null],
  ["nothing where nothing is known", losing(null, null, null), null],
] as const)("tells %s", (_, of, expected) => {
  expect(lossesOf(of)).toEqual(expected);
});

it.each([
  ["since the first of them is counted", [losing(5, 40, later), losing(0, 2)], { events: 42, since }],
  [
    "with what had gone before, without a time",
    [losing(5, 40), losing(900, 0), losing(700, 300)],
    { events: 1_640, since: null, isMixed: true },
  ],
  ["before anybody watched", [losing(5, 0), losing(9, 0)], { events: 14, since: null }],
  ["not where there are none", [losing(0, 0)], null],
] as const)("adds groups up, %s", (_, groups, expected) => {
  expect(sumLosses(groups)).toEqual(expected);
});

it("says the same figure of a group that loses more while fewer are left past its checkpoint", () => {
  const words = (past: number, total: number) => {
    const more = { status: "warn", ...losing(past, total) } as const;
    const partitions = Array.from({ length: 4 }, (_, n) =>
      fixtureGroupPartition({ partitionId: String(n), lostEvents: past / 4 }),
    );
    const detail: ConsumerGroupDetail = { ...fixtureGroupDetail(more), partitions };
    const [item] = needsAttention([{ hubId: "orders", group: fixtureGroup(more) }]);
    const [finding] = groupFindings(detail);
    return [
      item === undefined ? "" : sentence(item, Date.parse(since) + 600_000),
      `${finding?.title}. ${finding?.evidence}`,
    ];
  };
  for (const [past, total, told] of [
    [1_548, 3_849, "3,849"],
    [280, 4_100, "4,100"],
  ] as const) {
    const [attention, finding] = words(past, total);
    expect(attention).toContain(
      ` In the last 10 m retention deleted ${told} events before they were checkpointed.`,
    );
    expect(finding).toBe(
      `All 4 partitions overtaken by retention. Retention deleted ${told} events before they were checkpointed, counted since 2026-03-02 14:05:00 UTC. The group continues with the oldest event left, or the next to arrive.`,
    );
  }
});
