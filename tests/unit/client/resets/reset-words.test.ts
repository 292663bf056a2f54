import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { liveSteps } from "#lib/api/plans/live-progress.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import { type KnownPlan, type ResetResult, type Resets, resetResults } from "#lib/api/resets.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { ofWhom } from "#lib/client/resets/alike.ts";
import { kindPreposition, kindTitle } from "#lib/client/resets/plan-kind.ts";
import {
  countResults,
  entryWords,
  nothingToUndo,
  resetCauses,
  resetSummary,
  standsAlready,
  stateWords,
  stepWords,
} from "#lib/client/resets/reset-words.ts";
import { mergeResets, takeReset } from "#lib/client/resets/take-reset.ts";
import { plainText, reachedPhrases } from "#lib/client/resets/target-words.ts";
import {
  fixtureLive,
  fixturePlan,
  fixtureReset,
  fixtureResetEntry,
} from "#tests/support/fixtures/fixture-resets.ts";
import { wireText } from "#tests/support/fixtures/reasons.ts";

const of = (...results: ResetResult[]) =>
  results.map((result, id) => fixtureResetEntry({ partitionId: String(id), result }));
const say = (...results: ResetResult[]) => plainText(resetSummary(fixtureReset(of(...results))));

describe("a reset in words", () => {
  it("tells the results", () => {
    expect(say("written", "written")).toBe("Both checkpoints were written.");
    expect(say("written")).toBe("The checkpoint was written.");
    expect(say("conflict", "written", "failed", "unknown", "skipped")).toBe(
      "1 of 5 checkpoints was written. 1 in conflict; 1 failed; 1 unknown; 1 not changed.",
    );
  });

  it("tells deleted, repaired and restored blobs as such", () => {
    const blob = (name: string, removes: boolean) =>
      fixtureResetEntry({
        partitionId: `ns/hub/group/${name}`,
        result: "written",
        ...(removes && { removes }),
      });
    const blobs = (removed: boolean[]) => removed.map((removes, i) => blob(String(i), removes));
    const told = (...removed: boolean[]) =>
      plainText(resetSummary(fixtureReset(blobs(removed), { target: { kind: "cleanup" } })));
    const undone = (...removed: boolean[]) =>
      plainText(resetSummary(fixtureReset(blobs(removed), { target: { kind: "undo", resetId: "r1" } })));
    expect(told(true)).toBe("The blob was deleted.");
    expect(told(true, true)).toBe("Both blobs were deleted.");
    expect(told(true, false)).toBe("Both blobs were deleted or repaired.");
    expect(told(false)).toBe("The blob was repaired.");
    expect(undone(false)).toBe("The blob was restored.");
    expect(entryWords(blob("0", true)).word).toBe("Deleted");
    expect(entryWords({ ...blob("0", true), result: "failed" }).word).toBe("Failed");
  });

  it("says when nothing was written", () => {
    expect(say("conflict", "conflict")).toBe("Nothing was written. 2 in conflict.");
    expect(say("failed")).toBe("Nothing was written. 1 failed.");
    expect(say("unknown")).toBe("No write is confirmed. 1 unknown.");
  });

  it("tells why, each kind of reason once", () => {
    const gone = (id: number) => ({
      partitionId: String(id),
      result: "conflict" as const,
      reason: toWire(reason("nextEventExpired", { sequenceNumber: id, beginningSequenceNumber: 90 })),
    });
    const reset = fixtureReset([
      fixtureResetEntry({ partitionId: "4", result: "failed", reason: wireText("It timed out.") }),
      ...[0, 1, 2].map((id) => fixtureResetEntry(gone(id))),
      fixtureResetEntry({ partitionId: "5", result: "skipped", reason: wireText("Not begun.") }),
    ]);
    expect(resetCauses(reset).map((cause) => [ofWhom(cause), cause.reason])).toEqual([
      ["Partitions 0-2 (details of 0)", gone(0).reason],
      ["Partition 4", wireText("It timed out.")],
    ]);
  });

  it("counts overwritten partitions as written, and says so", () => {
    expect(say("written", "overwritten", "overwritten")).toBe(
      "All 3 checkpoints were written. 2 were overwritten by a processor.",
    );
  });

  it("tells the progress", () => {
    const running = fixtureReset(of("written", "pending", "conflict"), { state: "running" });
    expect(plainText(resetSummary(running))).toBe("2 of 3 partitions are done. 1 in conflict.");
    const one = fixtureReset(of("pending"), { state: "running" });
    expect(plainText(resetSummary(one))).toBe("0 of 1 partition is done.");
  });

  it.each<[ResetResult[], string, string]>([
    [["written", "written"], "ok", "Done"],
    [["written", "skipped"], "warn", "1 written, 1 not changed"],
    [["written", "conflict"], "warn", "1 written, 1 in conflict"],
    [["written", "unknown"], "warn", "1 written, 1 unknown"],
    [["unknown"], "warn", "1 unknown"],
    [["conflict", "skipped"], "warn", "Nothing written"],
    [["written", "overwritten", "failed"], "stop", "1 written, 1 overwritten, 1 failed"],
  ])("with %j is %s, and called %s", (results, tone, word) => {
    const reset = fixtureReset(of(...results));
    expect(stateWords(reset, countResults(reset))).toEqual({ tone, word });
  });

  it("warns where nobody resumed, with what to do, and not where nobody was paused", () => {
    const owned = toWire(
      reason("startsFromTarget", {
        ownerId: "a",
        targetSequenceNumber: 40,
        ownedSince: "2026-03-02T12:00:00.000Z",
      }),
    );
    const one = (why: typeof owned) => [fixtureResetEntry({ result: "written", reason: why })];
    const reset = fixtureReset(one(owned));
    expect(stateWords(reset, countResults(reset))).toEqual({ tone: "warn", word: "Not resumed yet" });
    expect(entryWords(one(owned)[0] as never)).toMatchObject({ tone: "warn", word: "Not resumed yet" });
    expect(plainText(resetSummary(reset))).toContain("1 partition has not resumed yet.");
    expect(resetCauses(reset).map((cause) => cause.reason.message)).toEqual([
      expect.stringMatching(/since 2026-03-02 12:00:00 UTC.* past 40\. .*event 41 or a later one/),
    ]);
    const alone = { ...reset, state: "failed" as const };
    expect(stateWords(alone, countResults(alone)).word).toBe("Not resumed yet");
    const cutShort = fixtureReset([...one(owned), ...of("skipped")], { state: "failed" });
    expect(stateWords(cutShort, countResults(cutShort)).word).toBe(
      "Stopped early, 1 written, 1 not changed, 1 not resumed yet",
    );
    const mixed = fixtureReset([...of("written"), ...one(owned)]);
    expect(stateWords(mixed, countResults(mixed))).toEqual({
      tone: "warn",
      word: "2 written, 1 not resumed yet",
    });
    const left = (heldOff: string | null, hasUnread?: boolean) =>
      toWire(reason("nobodyClaimed", { heldOff, ...(hasUnread !== undefined && { hasUnread }) }));
    expect(entryWords(one(left("a"))[0] as never).word).toBe("Not resumed yet");
    expect(entryWords(one(left("a", true))[0] as never).word).toBe("Not resumed yet");
    expect(entryWords(one(left("a", false))[0] as never).word).toBe("Written");
    expect(entryWords(one(left(null, true))[0] as never).word).toBe("Written");
  });

  it("counts what was written when it was broken off, and is not called done without counts", () => {
    const reset = fixtureReset(of("written", "skipped", "skipped"), { state: "failed" });
    expect(stateWords(reset, countResults(reset)).word).toBe("Stopped early, 1 written, 2 not changed");
    expect(stateWords({ state: "done" })).toEqual({ tone: "unknown", word: "Ended" });
  });

  it("tells for an undo where its partitions could not return", () => {
    const target = { kind: "undo" as const, resetId: "r" };
    const undo = (...clamps: ("earliest" | "latest" | null)[]) =>
      plainText(
        reachedPhrases({ target, entries: clamps.map((clampedTo) => fixtureResetEntry({ clampedTo })) }),
      );
    expect(undo(null, null)).toBe("the former positions");
    expect(undo(null, "earliest")).toBe("the former positions (1 of 2 can’t return)");
    expect(undo("earliest", "earliest")).toBe("Earliest: none can return to its old position");
    expect(undo("latest", "earliest")).toBe("Earliest and Latest: none can return to its old position");
    const earliest = { target: { kind: "earliest" as const }, entries: [fixtureResetEntry()] };
    expect(plainText(reachedPhrases(earliest))).toBe("Earliest");
  });

  it("names the end of the stream where it does not have the target", () => {
    const target = { kind: "time" as const, value: "2026-11-30T08:55:59Z" };
    const to = (...clamps: ("earliest" | "latest" | null)[]) =>
      plainText(
        reachedPhrases({ target, entries: clamps.map((clampedTo) => fixtureResetEntry({ clampedTo })) }),
      );
    expect(to(null, null)).toBe("2026-11-30 08:55:59 UTC");
    expect(to("earliest", "earliest")).toBe("Earliest: 2026-11-30 08:55:59 UTC is not in the stream");
    expect(to("latest")).toBe("Latest: 2026-11-30 08:55:59 UTC is not in the stream");
    expect(to(null, "earliest", "latest")).toBe(
      "2026-11-30 08:55:59 UTC (1 of 3 to Earliest, 1 of 3 to Latest)",
    );
  });

  it("has a name by what it does", () => {
    const skip = { kind: "sequenceNumber" as const, skipped: { sequenceNumber: 7 } };
    expect([kindTitle(skip), kindPreposition(skip)]).toEqual(["Skip", "in"]);
    expect([kindTitle({ kind: "move" }), kindPreposition({ kind: "move" })]).toEqual(["Move", "to"]);
    expect([kindTitle({ kind: "latest" }), kindPreposition({ kind: "latest" })]).toEqual(["Reset", "of"]);
  });

  it("has a word and a meaning for every result and every step", () => {
    for (const result of resetResults) {
      expect(entryWords({ result, live: null, reason: null }).meaning.length).toBeGreaterThan(10);
    }
    for (const step of liveSteps) expect(stepWords[step].meaning.length).toBeGreaterThan(10);
  });

  it("is in progress on a partition that a live reset holds", () => {
    const live = fixtureLive();
    expect(entryWords({ result: "pending", live, reason: null }).word).toBe("In progress");
    expect(entryWords({ result: "pending", live: { ...live, step: "waiting" }, reason: null }).word).toBe(
      "Waiting",
    );
    expect(entryWords({ result: "written", live, reason: null }).word).toBe("Written");
    expect(standsAlready({ result: "pending", live: { ...live, target: 40 } })).toBe(40);
    expect(standsAlready({ result: "pending", live: { ...live, step: "writing", target: 40 } })).toBeNull();
    expect(standsAlready({ result: "failed", live: { ...live, target: 40 } })).toBeNull();
  });
});

describe("an undo", () => {
  it("is possible once something was written and the reset has ended", () => {
    expect(nothingToUndo(fixtureReset(of("written", "conflict")))).toBeNull();
    expect(nothingToUndo(fixtureReset(of("unknown")))).toBeNull();
    expect(nothingToUndo(fixtureReset(of("conflict", "skipped")))).toMatch(/nothing to undo/);
    expect(nothingToUndo(fixtureReset(of("written", "pending"), { state: "running" }))).toMatch(
      /Still running/,
    );
  });
});

describe("a reset from the stream", () => {
  const address = { hub: "orders", group: "billing", store: "main" };

  it("replaces every cached copy, without entries in the list", () => {
    const client = new QueryClient();
    const running = fixtureReset(of("pending"), { state: "running", endedAt: null });
    client.setQueryData<Resets>(resetKeys.resets(address), { resets: [] });
    takeReset(client, running);
    const done = fixtureReset(of("written"));
    takeReset(client, done);
    expect(client.getQueryData(resetKeys.reset(done.id))).toEqual(done);
    const { entries: _, ...head } = done;
    expect(client.getQueryData(resetKeys.resets(address))).toEqual({ resets: [head] });
  });

  it("stays ended where the answer that it has begun comes after its end was told", () => {
    const client = new QueryClient();
    client.setQueryData<Resets>(resetKeys.resets(address), { resets: [] });
    const done = fixtureReset(of("written"));
    takeReset(client, done);
    takeReset(client, fixtureReset(of("pending"), { state: "running", endedAt: null }));
    expect(client.getQueryData(resetKeys.reset(done.id))).toEqual(done);
    expect(client.getQueryData<Resets>(resetKeys.resets(address))?.resets).toMatchObject([{ state: "done" }]);
    // What is seen of it after its end is news.
    const overwritten = fixtureReset(of("overwritten"));
    takeReset(client, overwritten);
    expect(client.getQueryData(resetKeys.reset(done.id))).toEqual(overwritten);
  });

  it("is added to the review of its plan", () => {
    const client = new QueryClient();
    const reset = fixtureReset(of("pending"), { state: "running", endedAt: null });
    const plan: KnownPlan = { ...fixturePlan([]), planId: reset.planId, resetId: null };
    client.setQueryData<KnownPlan>(resetKeys.plan(plan.planId), plan);
    takeReset(client, reset);
    expect(client.getQueryData(resetKeys.plan(plan.planId))).toEqual({ ...plan, resetId: reset.id });
  });

  it("makes no list that was not loaded", () => {
    const client = new QueryClient();
    takeReset(client, fixtureReset(of("written")));
    expect(client.getQueryData(resetKeys.resets(address))).toBeUndefined();
  });

  it("keeps its place in the list", () => {
    const { entries: _, ...head } = fixtureReset([]);
    const older = { ...head, id: "older" };
    expect(mergeResets({ resets: [head, older] }, { ...older, state: "failed" }).resets).toEqual([
      head,
      { ...older, state: "failed" },
    ]);
  });
});
