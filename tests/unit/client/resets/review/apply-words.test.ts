import { describe, expect, it } from "vitest";
import type { ResetPlanEntry } from "#lib/api/resets.ts";
import { applyWords } from "#lib/client/resets/review/apply-words.ts";
import { fixturePlan, fixturePlanEntry } from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";

const of = (...entries: Partial<ResetPlanEntry>[]) =>
  applyWords(fixturePlan(entries.map((entry, i) => fixturePlanEntry({ partitionId: `${i}`, ...entry }))));
const unknown = { current: null, replays: null, skips: null };
const cleans = {
  partitionId: "0",
  why: "goneGroup",
  act: "delete",
  sizeBytes: 0,
  updatedAt: "2026-03-02T12:00:00.000Z",
  ageSeconds: 900_000,
} as const;

describe("the button that applies a plan", () => {
  it("is calm when nothing is lost", () => {
    expect(of({ replays: 10, skips: 0 }, { replays: 5, skips: 0 })).toEqual({
      text: "Apply to 2 partitions",
      isDangerous: false,
      risks: [],
    });
  });

  it("tells how many events are skipped on moving partitions", () => {
    const blockedBy = wireText("Somebody owns it.");
    expect(of({ skips: 24_000 }, { skips: 1 }, { skips: 7, blockedBy })).toEqual({
      text: "Apply to 2 partitions, skip 24,001 events",
      isDangerous: true,
      risks: ["skip"],
    });
  });

  it("tells a bound as one: a processor that a live reset pauses reads on until then", () => {
    const holds = { ownerId: "a", seconds: 60 };
    expect(of({ skips: 40, holds }).text).toBe("Apply to 1 partition, skip up to 40 events");
    expect(of({ skips: 1, holds }).text).toBe("Apply to 1 partition, skip 1 event");
  });

  it("takes an unknown number for a loss, except at the start, which skips nothing", () => {
    expect(of(unknown)).toMatchObject({
      text: "Apply to 1 partition, skip an unknown number of events",
      risks: ["skipUnknown"],
    });
    const start = { sequenceNumber: -1, offset: "-1", enqueuedAt: null };
    expect(of({ ...unknown, target: start }).isDangerous).toBe(false);
  });

  it("counts deleted blobs, but not repairs", () => {
    expect(of({ target: null, cleans }, { target: null, cleans: { ...cleans, act: "repair" } })).toEqual({
      text: "Apply to 2 blobs, delete 1 blob",
      isDangerous: true,
      risks: ["delete"],
    });
    expect(of({ target: null, cleans })).toEqual({
      text: "Delete 1 blob",
      isDangerous: true,
      risks: ["delete"],
    });
    expect(of({ target: null, removes: true }).text).toBe("Apply to 1 partition, delete 1 checkpoint");
  });
});
