import { describe, expect, it } from "vitest";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { Reset, ResetEntry, ResetResult } from "#lib/api/resets.ts";
import { requestOf } from "#lib/client/resets/plan-again.ts";
import { plannedRest, restOf, restWords } from "#lib/client/resets/result/rest-of-reset.ts";
import { fixturePlan, fixtureReset, fixtureResetEntry } from "#tests/support/fixtures/fixture-resets.ts";

const entry = (partitionId: string, result: ResetResult, why: ResetEntry["reason"] = null) =>
  fixtureResetEntry({ partitionId, result, reason: why });
const halfDone = [
  entry("0", "written"),
  entry("1", "failed"),
  entry("2", "conflict"),
  entry("3", "skipped"),
  entry("4", "overwritten"),
  entry("5", "unknown"),
];

function restOfReset(entries: ResetEntry[], more: Partial<Reset> = {}) {
  const reset = fixtureReset(entries, more);
  const rest = restOf(reset);
  return rest && { ...rest, ...restWords(reset, rest), plan: plannedRest(reset, rest) };
}

describe("the rest of a reset that ended half done", () => {
  it("is what is not at the target, without what may be", () => {
    expect(restOfReset(halfDone)).toMatchObject({
      partitionIds: ["1", "2", "3", "4"],
      left: "Not at the target: partitions 1-4. Not known, so left out: partition 5.",
      ask: "Reset the other 4 partitions…",
    });
    expect(restOfReset([entry("0", "written"), entry("7", "failed")])).toMatchObject({
      left: "Not at the target: partition 7.",
      ask: "Reset the other partition…",
    });
    expect(restOfReset([entry("0", "failed"), entry("1", "skipped")])?.ask).toBe("Plan it again…");
  });

  it("is nothing while it runs, once all is written, and where the group passed the target by itself", () => {
    const passed = toWire(reason("wentPastTarget", { sequenceNumber: 9, targetSequenceNumber: 8 }));
    expect(restOfReset(halfDone, { state: "running" })).toBeNull();
    expect(restOfReset([entry("0", "written")])).toBeNull();
    expect(restOfReset([entry("0", "written"), entry("1", "conflict", passed)])).toBeNull();
    const stored = { ownerId: "worker-1", sequenceNumber: 9, targetSequenceNumber: 8 };
    const over = toWire(reason("storedPastTarget", stored));
    expect(restOfReset([entry("0", "written"), entry("1", "overwritten", over)])).toBeNull();
  });

  it("is planned with the same target, mode and handler time, for its partitions alone", () => {
    const target = { kind: "ago" as const, seconds: 7_200, resolvedTime: "2026-03-02T10:00:00.000Z" };
    const rest = restOfReset(halfDone, { mode: "live", handlerSeconds: 120, state: "failed", target });
    expect(requestOf(fixturePlan([], { ...rest?.plan, entries: [] }))).toMatchObject({
      target: { kind: "time", value: "2026-03-02T10:00:00.000Z" },
      mode: "live",
      handlerSeconds: 120,
    });
    expect(rest?.plan.entries).toEqual(["1", "2", "3", "4"].map((partitionId) => ({ partitionId })));
  });

  it("is planned offline where a live reset can do nothing for it", () => {
    const json = toWire(reason("layoutNotLive", { format: "eph" }));
    const live = { mode: "live" as const };
    expect(restOfReset([entry("0", "written"), entry("1", "skipped", json)], live)?.mode).toBe("offline");
    expect(restOfReset([entry("1", "skipped", json), entry("2", "failed")], live)?.mode).toBe("live");
  });

  it("names moves and clean-ups as such, and replaces at a move's target only what is left", () => {
    const from = { group: "old", store: "main" };
    const move = restOfReset(halfDone, { target: { kind: "move", from, overwrite: ["0", "3"] } });
    expect(move?.ask).toBe("Move the other 4 partitions…");
    expect(move?.plan.target).toMatchObject({ kind: "move", overwrite: ["3"] });
    const blobs = [entry("ns/hub/a/0", "written"), entry("ns/hub/a/1", "failed")];
    expect(restOfReset(blobs, { target: { kind: "cleanup" } })).toMatchObject({
      left: "Not cleaned up: blob ns/hub/a/1.",
      ask: "Clean up the other blob…",
    });
  });

  it("of an undo can be planned for all partitions alone", () => {
    const target = { kind: "undo" as const, resetId: "r1" };
    expect(restOfReset(halfDone, { target })).toBeNull();
    expect(restOfReset([entry("0", "failed")], { target })?.plan.target).toEqual(target);
  });
});
