import { describe, expect, it } from "vitest";
import type { RequestedTarget, ResetPlanEntry } from "#lib/api/resets.ts";
import { liveSummary, plainText, planSummary, planTotals } from "#lib/client/plan-words.ts";
import { localHint, utcMoment } from "#lib/client/reset-time.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixture-resets.ts";
import { fixtureNow } from "#tests/support/fixture-world.ts";

const entries = (count: number, more: Partial<ResetPlanEntry> = {}) =>
  Array.from({ length: count }, (_, id) => fixturePlanEntry({ partitionId: String(id), ...more }));
const ahead = { replays: 0, skips: 40 };
const stays = { target: { sequenceNumber: 500, offset: "32000", enqueuedAt: null }, replays: 0, skips: 0 };
const blocked = {
  target: null,
  resumesAt: null,
  replays: null,
  skips: null,
  blockedBy: "Somebody owns it.",
};
const say = (...args: Parameters<typeof fixturePlan>) =>
  plainText(planSummary(fixturePlan(...args), fixtureNow));

describe("a plan in words", () => {
  it("says how many partitions go back to when, and what that reads again", () => {
    const noon = localHint("2026-03-02T12:00:00.000Z");
    expect(say([...entries(6, { replays: 479_085 }), ...entries(1, stays), ...entries(1, blocked)])).toBe(
      `6 of 8 partitions go back to 12:00:00 UTC (${noon}). 2,874,510 events will be read again; none are skipped. 1 partition stands there already. 1 partition is blocked and left alone.`,
    );
  });

  it("says what is never read", () => {
    expect(say(entries(2, ahead), { target: { kind: "latest" } })).toBe(
      "2 partitions go ahead to the end of the stream. No event is read again; 80 are skipped, never read.",
    );
  });

  it("speaks of one partition as of one", () => {
    expect(say(entries(1, { replays: 1 }), { target: { kind: "earliest" } })).toBe(
      "1 partition goes back to the start of the stream. 1 event will be read again; none are skipped.",
    );
  });

  it("does not say back or ahead where some go this way and some that", () => {
    expect(say([...entries(1), ...entries(1, ahead)], { target: { kind: "group", name: "archive" } })).toBe(
      "2 partitions go to where archive stands. 100 events will be read again; 40 are skipped, never read.",
    );
  });

  it("never takes the unknown for none", () => {
    const unknown = { current: null, replays: null, skips: null };
    expect(say(entries(2, unknown), { target: { kind: "earliest" } })).toBe(
      "2 partitions go to the start of the stream. For them it is not known how many events are read again or skipped.",
    );
    expect(say([...entries(1), ...entries(2, unknown)], { target: { kind: "earliest" } })).toContain(
      "For 2 partitions it is not known",
    );
  });

  it.each<[RequestedTarget, string]>([
    [{ kind: "shift", by: -100 }, "2 partitions go back by 100 events. "],
    [{ kind: "shift", by: 1 }, "2 partitions go ahead by 1 event. "],
    [{ kind: "sequenceNumber", value: 1_234 }, "go back to the event with sequence number 1,234. "],
    [{ kind: "positions", values: { 0: 1 } }, "go back to the positions of a file. "],
    [{ kind: "times", values: { 0: "2026-03-02T12:00:00Z" } }, "go back to the times of a file. "],
    [{ kind: "undo", resetId: "r" }, "2 partitions return to where they stood before the reset. "],
  ])("names the target %j", (target, words) => {
    expect(say(entries(2), { target, resolvedTime: null })).toContain(words);
  });

  it("tells of an undo what was processed since", () => {
    const undo = { target: { kind: "undo" as const, resetId: "r" } };
    expect(say(entries(2, { processedSince: 6 }), undo)).toMatch(
      /12 events were processed since that reset\.$/,
    );
  });

  it("says so where nothing would change, or nothing can", () => {
    expect(say(entries(4, stays))).toBe("All 4 partitions stand there already: nothing would change.");
    expect(say([...entries(3, blocked), ...entries(1, stays)])).toBe(
      "None of 4 partitions can be reset. 1 partition stands there already.",
    );
  });

  it("counts a checkpoint that lacks its offset as one that changes", () => {
    const noOffset = { ...stays, current: { sequenceNumber: 500, offset: null, updatedAt: "" } };
    expect(planTotals(fixturePlan(entries(1, noOffset)))).toMatchObject({ moves: 1, stays: 0 });
  });

  it("shows a group's name as text that can't turn around", () => {
    expect(say(entries(1), { target: { kind: "group", name: "a\u202Eb" } })).toContain("a\uFFFDb");
  });
});

describe("a live plan in words", () => {
  it("says who is held off and for how long", () => {
    const holds = (ownerId: string, seconds: number) => ({ holds: { ownerId, seconds } });
    const plan = fixturePlan(
      [...entries(1, holds("a", 60)), ...entries(1, holds("b", 90)), ...entries(1, holds("a", 60))],
      { mode: "live", handlerSeconds: 30 },
    );
    expect(liveSummary(plan)).toBe(
      "Live: 2 processors keep running. Each partition is without a reader for about 1 m 30 s, a few at a time. A handler slower than 30 s could still write its old position over the new one.",
    );
    expect(liveSummary(fixturePlan(entries(1)))).toBeNull();
  });
});

describe("a moment", () => {
  it("names its day, and its year, where that is another", () => {
    expect(utcMoment("2026-03-02T12:00:00.000Z", fixtureNow)).toBe("12:00:00 UTC");
    expect(utcMoment("2026-03-02T12:00:00.250Z", fixtureNow)).toBe("12:00:00.250 UTC");
    expect(utcMoment("2026-02-28T12:00:00.000Z", fixtureNow)).toBe("28 Feb 12:00:00 UTC");
    expect(utcMoment("2025-12-31T12:00:00.000Z", fixtureNow)).toBe("31 Dec 2025 12:00:00 UTC");
  });
});
