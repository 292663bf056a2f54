import { describe, expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { RequestedTarget, ResetPlanEntry } from "#lib/api/resets.ts";
import { localTimes } from "#lib/client/history/time-axis.ts";
import { requestOf } from "#lib/client/resets/plan-again.ts";
import {
  askedPartitions,
  boundedCount,
  lostBefore,
  planTotals,
  warningsOf,
} from "#lib/client/resets/plan-totals.ts";
import { liveSummary, planSummary } from "#lib/client/resets/plan-words.ts";
import { plainText, targetPhrases } from "#lib/client/resets/target-words.ts";
import type { StoredCheckpoint } from "#lib/core/stored-blobs.ts";
import { entryWarnings } from "#lib/reset/plan/entry-warnings.ts";
import type { Landing } from "#lib/reset/plan/land.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { codesOf, wireText } from "#tests/support/fixtures/reasons.ts";

const entries = (count: number, more: Partial<ResetPlanEntry> = {}) =>
  Array.from({ length: count }, (_, id) => fixturePlanEntry({ partitionId: String(id), ...more }));
const ahead = { replays: 0, skips: 40 };
const stays = (unchanged: number, unchangedAtEdge = 0) => ({ unchanged, unchangedAtEdge });
const blocked = {
  target: null,
  resumesAt: null,
  replays: null,
  skips: null,
  blockedBy: wireText("Somebody owns it."),
};
const noon = Date.parse("2026-03-02T12:00:00.000Z");
const localNoon = localTimes.zone === "UTC" ? "" : ` (${localTimes.full(noon)})`;
const say = (...args: Parameters<typeof fixturePlan>) => plainText(planSummary(fixturePlan(...args)));

describe("a plan in words", () => {
  it("tells how many partitions go back to when, and what is read again", () => {
    const current = { sequenceNumber: 479_485, offset: "1", updatedAt: "" };
    expect(say([...entries(6, { current, replays: 479_085 }), ...entries(1, blocked)], stays(1))).toBe(
      `6 of 8 partitions go back to 2026-03-02 12:00:00 UTC${localNoon}. 2,874,510 events will be read again; none will be skipped. 1 partition is already there. 1 partition is blocked and will not change.`,
    );
  });

  it("tells what is never read", () => {
    expect(say(entries(2, ahead), { target: { kind: "latest" } })).toBe(
      "2 partitions go ahead to Latest. No events will be read again; 80 will be skipped, never read.",
    );
  });

  it("uses the singular for one partition", () => {
    expect(say(entries(1, { replays: 1 }), { target: { kind: "earliest" } })).toBe(
      "1 partition goes back to Earliest. 1 event will be read again; none will be skipped.",
    );
  });

  it("says neither back nor ahead when partitions go both ways", () => {
    expect(say([...entries(1), ...entries(1, ahead)], { target: { kind: "group", name: "archive" } })).toBe(
      "2 partitions go to the position of archive. 100 events will be read again; 40 will be skipped, never read.",
    );
  });

  it("tells what a blocked plan would do once nobody is in the way", () => {
    const owned = { blockedBy: wireText("Somebody owns it.") };
    expect(say(entries(2, { ...owned, ...ahead }), { target: { kind: "latest" } })).toBe(
      "Neither partition can be reset. Once nothing blocks it: 2 partitions go ahead to Latest. No events will be read again; 80 will be skipped, never read.",
    );
    expect(say(entries(2, blocked), { target: { kind: "latest" } })).toBe("Neither partition can be reset.");
  });

  it("never takes unknown for none", () => {
    const unknown = { current: null, replays: null, skips: null };
    expect(say(entries(2, unknown), { target: { kind: "earliest" } })).toBe(
      "2 partitions go to Earliest. How many events are read again or skipped is unknown.",
    );
    expect(say([...entries(1), ...entries(2, unknown)], { target: { kind: "earliest" } })).toContain(
      "How many events are read again or skipped is unknown for 2 partitions.",
    );
  });

  it.each<[RequestedTarget, string]>([
    [{ kind: "shift", by: -100 }, "2 partitions go back by 100 events. "],
    [{ kind: "shift", by: 1 }, "2 partitions go ahead by 1 event. "],
    [{ kind: "sequenceNumber", value: 1_234 }, "go back to the event with sequence number 1,234. "],
    [{ kind: "positions", values: { 0: 1 } }, "go back to a position for each partition. "],
    [{ kind: "times", values: { 0: "2026-03-02T12:00:00Z" } }, "go back to the times of a file. "],
    [{ kind: "undo", resetId: "r" }, "2 partitions return to their former positions. "],
  ])("names the target %j", (target, words) => {
    expect(say(entries(2), { target, resolvedTime: null })).toContain(words);
  });

  it("tells for an undo what was processed since", () => {
    const undo = { target: { kind: "undo" as const, resetId: "r" } };
    expect(say(entries(2, { processedSince: 6 }), undo)).toMatch(/12 events were processed since then\.$/);
  });

  it("says when nothing would change, or nothing can", () => {
    expect(say([], stays(4))).toBe("All 4 partitions are already there: nothing would change.");
    expect(say([], stays(2))).toBe("Both partitions are already there: nothing would change.");
    expect(say(entries(3, blocked), stays(1))).toBe(
      "3 partitions can’t be reset. 1 partition is already there.",
    );
    expect(say(entries(2, blocked))).toBe("Neither partition can be reset.");
    expect(say(entries(1, blocked))).toBe("The partition can’t be reset.");
  });

  it("tells apart the partitions that go to an end of the stream instead", () => {
    const start = { clampedTo: "earliest" as const };
    expect(say(entries(2, start))).toContain(
      `2 partitions go to Earliest: the target (2026-03-02 12:00:00 UTC${localNoon}) is not in the stream. 200 events`,
    );
    expect(say([...entries(2), ...entries(1, start)])).toContain(
      `2 of 3 partitions go back to 2026-03-02 12:00:00 UTC${localNoon}; 1 goes to Earliest instead. `,
    );
    expect(
      say([...entries(1, start), ...entries(2, { clampedTo: "latest" })], {
        target: { kind: "shift", by: -9 },
      }),
    ).toContain(
      "3 partitions go to Earliest (1) and Latest (2): the target (back by 9 events) is not in the stream. ",
    );
  });

  describe("an undo in words", () => {
    const undo = { target: { kind: "undo" as const, resetId: "r" } };
    const start = { clampedTo: "earliest" as const };

    it("promises no return to events that have left the stream", () => {
      expect(say(entries(2, start), undo)).toMatch(
        /^0 of 2 partitions can return; they go to Earliest instead\. /,
      );
      expect(say(entries(1, start), undo)).toMatch(/^1 partition can’t return; it goes to Earliest/);
      expect(say([...entries(2), ...entries(1, start)], undo)).toMatch(
        /^2 of 3 partitions return to their former positions; 1 can’t, and goes to Earliest instead\. /,
      );
      expect(say([], { ...undo, ...stays(2, 2) })).toBe(
        "Nothing would change. 2 partitions can’t return, and are already as close as the stream allows.",
      );
    });

    it("claims that events were read before only where all of them were processed since", () => {
      expect(say(entries(2, { processedSince: 100 }), undo)).toContain("200 events will be read again; none");
      expect(say(entries(2), undo)).toContain("200 events will be read; none will be skipped.");
      expect(say(entries(2, { processedSince: 99 }), undo)).toContain(
        "200 events will be read; none will be skipped.",
      );
      expect(say(entries(2, ahead), undo)).toContain("No events will be read again; 80 will be skipped.");
    });
  });

  it("counts events that left the stream before the group read them", () => {
    const behind = {
      replays: 0,
      skips: 3_574,
      target: { sequenceNumber: 9_672, offset: "1", enqueuedAt: null },
    };
    expect(lostBefore(fixturePlanEntry(behind))).toBe(5_598);
    expect(say(entries(2, behind))).toMatch(/11,196 events were lost before this and can’t be read\.$/);
    const [entry] = entries(1, behind);
    const atStart = { sequenceNumber: 500, offset: "-1", updatedAt: "" };
    expect(lostBefore(fixturePlanEntry({ ...entry, current: atStart }))).toBe(0);
    expect(lostBefore(fixturePlanEntry({ replays: null }))).toBeNull();
    expect(lostBefore(fixturePlanEntry())).toBe(0);
  });

  it("leaves warnings about losses to the totals", () => {
    const checkpoint = { sequenceNumber: 10, offset: "10", unreadable: null } as StoredCheckpoint;
    const landing = {
      target: { sequenceNumber: 2_000, offset: "9" },
      clamp: null,
      warnings: [reason("offsetCorrected")],
    };
    const made = entryWarnings(
      { checkpoint, others: [], blob: { blobName: "b", format: "common", etag: "e" }, blockedBy: null },
      { next: 1_500, lost: 1_489, why: null },
      landing as unknown as Landing,
    );
    expect(codesOf(made)).toEqual(["offsetCorrected", "eventsLost"]);
    const warnings = made.map((one) => toWire(one));
    const plan = fixturePlan(entries(1, { warnings }));
    expect(warningsOf(plan)).toEqual([{ partitionId: "0", reason: warnings[0] }]);
  });

  it("names the moment of a relative time, also in the record", () => {
    const ago = { kind: "ago" as const, seconds: 300 };
    const at = "2026-03-02T12:00:00.000Z";
    expect(plainText(targetPhrases(ago, null))).toBe("5 m ago");
    expect(targetPhrases({ ...ago, resolvedTime: at }, null)[0]).toEqual({
      strong: "2026-03-02 12:00:00 UTC",
      at,
    });
  });

  it("is requested again with unchanged partitions too", () => {
    const plan = fixturePlan(entries(2), { unchanged: 2, unchangedPartitions: ["10", "9"] });
    expect(planTotals(plan)).toMatchObject({ all: 4, moves: 2, stays: 2 });
    expect(askedPartitions(plan)).toEqual(["0", "1", "9", "10"]);
    expect(requestOf(plan)?.partitions).toEqual(["0", "1", "9", "10"]);
  });

  it("shows a group's name as text that can't change direction", () => {
    expect(say(entries(1), { target: { kind: "group", name: "a\u202Eb" } })).toContain("a\uFFFDb");
  });
});

describe("a live plan in words", () => {
  it("tells who is held off and for how long", () => {
    const held = (ownerId: string, seconds: number) => ({ holds: { ownerId, seconds } });
    const plan = fixturePlan(
      [...entries(1, held("a", 60)), ...entries(1, held("b", 90)), ...entries(1, held("a", 60))],
      { mode: "live", handlerSeconds: 30 },
    );
    expect(liveSummary(plan)).toBe(
      "Live: 2 processors keep running. Each partition pauses for about 1 m 30 s, a few at a time. A handler slower than 30 s could still overwrite the new position.",
    );
    expect(liveSummary(fixturePlan(entries(1)))).toBeNull();
    const live = { partitionsAtOnce: 8, waves: 1, seconds: 76 };
    expect(
      liveSummary(fixturePlan(entries(1, held("a", 76)), { mode: "live", handlerSeconds: 30, live })),
    ).toBe(
      "Live: 1 processor keeps running. The partition pauses for about 1 m 16 s. A handler slower than 30 s could still overwrite the new position.",
    );
  });

  const live = { mode: "live" as const, handlerSeconds: 30 };
  const holds = { ownerId: "a", seconds: 60 };

  it("tells bounds: until its wave a paused processor moves on, reads more again, and skips less", () => {
    const target = { kind: "group" as const, name: "archive" };
    expect(
      say([...entries(1, { holds }), ...entries(1, { ...ahead, holds })], { ...live, target }),
    ).toContain(". At least 100 events will be read again; at most 40 will be skipped, never read.");
    expect(say(entries(1, { holds }), { ...live, target: { kind: "earliest" } })).toContain(
      ". At least 100 events will be read again; none will be skipped.",
    );
    const undo = { kind: "undo" as const, resetId: "r" };
    expect(say(entries(1, { holds }), { ...live, target: undo })).toContain(
      "At least 100 events will be read; none",
    );
  });

  it("tells what is known exactly as such: where nobody is paused, and a single event", () => {
    const target = { kind: "latest" as const };
    const one = { replays: 0, skips: 1, holds };
    expect(say(entries(1, one), { ...live, target })).toContain(
      "No events will be read again; 1 will be skipped, never read.",
    );
    expect(say([...entries(1), ...entries(1, ahead)], { ...live, target })).toContain(
      "100 events will be read again; 40 will be skipped, never read.",
    );
    // A blocked partition is not reset, so its processor makes no bound.
    const blockedOne = { ...ahead, holds, blockedBy: wireText("No.") };
    expect(say([...entries(1, ahead), ...entries(1, blockedOne)], { ...live, target })).toContain(
      "; 40 will be skipped",
    );
    expect(say(entries(1, blockedOne), { ...live, target })).toContain("; at most 40 will be skipped");
  });

  it("marks the bounds of each partition", () => {
    const told = (more: Partial<ResetPlanEntry>) => {
      const entry = fixturePlanEntry(more);
      return [boundedCount(entry, "replays"), boundedCount(entry, "skips")];
    };
    expect(told({ holds })).toEqual(["≥ 100", "0"]);
    expect(told({ ...ahead, holds })).toEqual(["0", "≤ 40"]);
    expect(told({ replays: 0, skips: 1, holds })).toEqual(["0", "1"]);
    expect(told({ replays: null, skips: null, holds })).toEqual(["—", "—"]);
    expect(told({})).toEqual(["100", "0"]);
  });

  it("says nothing about owners when everything is blocked, and nothing about blocked partitions", () => {
    expect(liveSummary(fixturePlan(entries(2, blocked), live))).toBeNull();
    expect(liveSummary(fixturePlan([...entries(1), ...entries(1, blocked)], live))).toMatch(
      /^Live: nobody owns the partitions that can be reset now\./,
    );
  });
});
