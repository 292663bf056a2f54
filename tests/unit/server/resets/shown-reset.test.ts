import { describe, expect, it } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import type { BeforeImage, EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import { PlannedPartitionsAtHand } from "#lib/server/resets/planned-partitions.ts";
import { amendedActivity, begunActivity, endedActivity } from "#lib/server/resets/reset-activity.ts";
import { shownReset } from "#lib/server/resets/shown-reset.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { plannedWrite } from "#tests/support/fixtures/plan-record.ts";

const entry = (partitionId: string, more: Partial<EntryRecord>): EntryRecord => ({
  partitionId,
  write: plannedWrite(partitionId, { sequenceNumber: 400 }),
  result: "conflict",
  before: null,
  lastOwnerId: null,
  after: null,
  reason: reason("checkpointAppeared"),
  live: null,
  ...more,
});
const after = { etag: "e", updatedAt: 0, sequenceNumber: 400, offset: "9" };
const progress = {
  step: "holding" as const,
  since: "2026-03-02T12:00:00Z",
  wave: 1,
  heldOff: "a",
  holdUntil: null,
  rewrites: 0,
  resumedAt: null,
  resumedBy: null,
  withoutReaderSeconds: null,
};
const record = {
  id: "r",
  planId: "p",
  target: { kind: "earliest" },
  startedAt: 0,
  endedAt: 0,
  watchedUntil: null,
  reason: null,
  entries: [
    entry("0", {}),
    entry("1", { result: "written", after, reason: null }),
    entry("2", {
      result: "written",
      after,
      before: { sequenceNumber: 7, offset: "7", updatedAt: 0 } as BeforeImage,
    }),
    entry("3", { result: "writing", live: { progress, data: {} } }),
    entry("4", {}),
  ],
} as unknown as ResetRecord;
const holds = { ownerId: "a", seconds: 35 };
const saved = {
  plan: fixturePlan(["0", "1", "2", "3"].map((partitionId) => fixturePlanEntry({ partitionId, holds }))),
};

function atHand() {
  const asked: string[] = [];
  const plan = async (id: string) => {
    asked.push(id);
    if (id === "away") throw new Error("The database is away.");
    return id === "p" ? saved : null;
  };
  const plans = new PlannedPartitionsAtHand({ plan } as unknown as Pick<ResetRecords, "plan">);
  return { asked, plans };
}

describe("a reset that is shown", () => {
  it("shows the place at the review for what was not written, and none for what was recreated", async () => {
    const shown = shownReset(record, await atHand().plans.of("p"));
    expect(shown.entries.map(({ before }) => before?.sequenceNumber ?? null)).toEqual([
      500,
      null,
      7,
      500,
      null,
    ]);
  });

  it("shows for a live reset what is written, and how long the hold was to be", async () => {
    const { plans } = atHand();
    const live = async (planId: string) => shownReset(record, await plans.of(planId)).entries[3]?.live;
    expect(await live("p")).toEqual({ ...progress, target: 400, holdSeconds: 35 });
    expect(await live("gone")).toEqual({ ...progress, target: 400 });
  });

  it("asks for a plan once, but again when it could not be read", async () => {
    const { plans, asked } = atHand();
    await Promise.all([plans.of("p"), plans.of("p")]);
    await plans.of("p");
    expect((await plans.of("away")).size).toBe(0);
    expect((await plans.of("away")).size).toBe(0);
    expect(asked).toEqual(["p", "away", "away"]);
  });

  it("keeps no more than a few plans", async () => {
    const { plans, asked } = atHand();
    for (let i = 0; i < 17; i += 1) await plans.of(String(i));
    await plans.of("16");
    await plans.of("0");
    expect(asked).toHaveLength(18);
  });
});

describe("the activity of a reset", () => {
  const subject = { issuer: "https://login.example", key: "a1" };
  const by = (more: Partial<ResetRecord>) => {
    const reset: ResetRecord = { ...record, actor: "Ann", ...more };
    return [begunActivity(reset), endedActivity(reset, new Map()), ...amendedActivity(reset, ["1"], 5)];
  };

  it("holds in each entry who applied it, for whoever vouches for them", () => {
    const entries = by({ subject });
    expect(entries.map(({ details }) => details.subject)).toEqual([subject, subject, subject]);
    expect(entries.map(({ actor, details }) => [actor, details.appliedBy])).toEqual([
      ["Ann", undefined],
      ["Ann", undefined],
      ["tidemark", "Ann"],
    ]);
  });

  it("holds no such name when nobody vouches for who applied it", () => {
    for (const { details } of by({ subject: null })) expect(details).not.toHaveProperty("subject");
  });

  it("tells the place at the review for what was not written", async () => {
    const { details } = endedActivity(record, await atHand().plans.of("p"));
    expect(details).toMatchObject({
      partitions: [
        { before: { sequenceNumber: 500 }, after: null },
        { before: null, after: { sequenceNumber: 400 } },
        { before: { sequenceNumber: 7 } },
        { before: { sequenceNumber: 500 } },
        { before: null, after: null },
      ],
    });
  });

  it("counts the partitions that go to an end of the stream, which has no more of their target", () => {
    const clamped = (partitionId: string, clampedTo: "earliest" | "latest") =>
      entry(partitionId, { write: { ...plannedWrite(partitionId, {}), clampedTo } });
    const entries = [clamped("0", "earliest"), clamped("1", "earliest"), entry("2", {})];
    const [begun, ended] = by({ entries });
    for (const one of [begun, ended])
      expect(one?.details).toMatchObject({ clamped: { earliest: 2, latest: 0, all: 3 } });
    for (const one of by({})) expect(one.details).not.toHaveProperty("clamped");
    for (const one of by({ entries, target: { kind: "undo", resetId: "r0" } }))
      expect(one.details).not.toHaveProperty("clamped");
  });
});
