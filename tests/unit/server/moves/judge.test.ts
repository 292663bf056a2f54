import { describe, expect, it } from "vitest";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { GroupMoveEntryRecord } from "#lib/history/group-moves/group-move-record.ts";
import type { MadePlanEntry, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { EntryRecord, EntryResult } from "#lib/history/resets/reset-record.ts";
import { atBegin, judgePlans, judgeReset, restOf } from "#lib/server/moves/judge.ts";
import { plannedWrite, planRecord } from "#tests/support/fixtures/plan-record.ts";

const source = {
  sequenceNumber: 40,
  offset: "2560",
  updatedAt: "2026-01-15T12:00:00.000Z",
  format: "common" as const,
  blobName: "b",
};
const owned = reason("partitionOwned", {
  ownerId: "one",
  renewedSecondsAgo: 1,
  leasedBlob: null,
  expiresInSeconds: 29,
});
const occupied = reason("targetOccupied", { blobName: "t", sequenceNumber: 7 });
const unknown = reason("sourceUnknown", { because: reason("noCheckpoint") });

function plan(others: Partial<MadePlanEntry>[], writes = ["0"], unchanged = 0): PlanRecord {
  const made = planRecord(writes.map((id) => plannedWrite(id)));
  const [blank] = planRecord([plannedWrite("x")]).plan.entries;
  if (blank === undefined) throw new Error("no entry");
  const rest = others.map(
    (each, at): MadePlanEntry => ({ ...blank, partitionId: `o${at}`, source, ...each }),
  );
  const entries = [...made.plan.entries.map((each) => ({ ...each, source })), ...rest];
  return { ...made, plan: { ...made.plan, entries, unchanged } };
}

const judged = (...of: Parameters<typeof plan>) => judgePlans([plan(...of)]);

const entry = (over: Partial<GroupMoveEntryRecord> = {}): GroupMoveEntryRecord => ({
  hub: "orders",
  group: "billing",
  store: "main",
  to: "fresh",
  containers: { from: "a", to: "b" },
  result: "moving",
  isRunning: false,
  partitions: { toMove: 2, blocked: 0, unchanged: 0, withoutCheckpoint: 0, written: 0 },
  reason: null,
  warnings: [],
  planId: "plan",
  resetIds: [],
  undo: null,
  ...over,
});

describe("a group's plan", () => {
  it("says of a group of which every partition is blocked what the first one's reason is", () => {
    const all = plan(
      [
        { blockedBy: occupied },
        { blockedBy: { ...occupied, params: { ...occupied.params, blobName: "u" } } },
      ],
      [],
    );
    const whole = { ...all, plan: { ...all.plan, blockedBy: reason("allBlocked", { partitions: 2 }) } };
    expect(judgePlans([whole])).toMatchObject({
      result: "blocked",
      reason: reason("partitionsLeft", { partitions: 2, because: occupied }),
    });
  });

  it("keeps of its partitions' warnings one of each kind", () => {
    const fallback = (at: number, isNewThere: boolean) =>
      reason("functionsFallback", { oldBlobName: `${at}`, newBlobName: `checkpoint/${at}`, isNewThere });
    const warnings = [fallback(0, true), fallback(1, false), fallback(2, false)];
    const made = judged(warnings.map((warning) => ({ blockedBy: null, warnings: [warning] })));
    expect(made.warnings).toEqual(warnings.slice(0, 2));
  });

  it("is ready with what it writes, whatever has no checkpoint", () => {
    expect(judged([{ source: null, blockedBy: unknown }])).toMatchObject({
      result: "ready",
      reason: null,
      partitions: { toMove: 1, blocked: 0, withoutCheckpoint: 1 },
    });
  });

  it("is ready with what it leaves alone told", () => {
    const { result, reason: why, partitions } = judged([{ blockedBy: occupied }]);
    expect([result, why?.code, partitions.blocked]).toEqual(["ready", "partitionsLeft", 1]);
  });

  it.each([
    ["the source", reason("sourceInTheWay", { because: owned })],
    ["the target", owned],
    [
      "a writer of seconds ago",
      reason("checkpointJustWritten", { writtenSecondsAgo: 1, retryAfterSeconds: 9 }),
    ],
  ])("is blocked whole by whoever runs on one partition: %s", (_, blockedBy) => {
    expect(judged([{ blockedBy }])).toMatchObject({
      result: "blocked",
      isRunning: true,
      reason: { code: "groupRunning", params: { partitions: 1, because: blockedBy } },
    });
  });

  it("is blocked whole where the plan itself leaves the group alone, by one at work on none of its partitions", () => {
    const held = reason("groupRunning", { partitions: 3, because: owned });
    const ofUndo = judged([{ blockedBy: held }, { blockedBy: held }], []);
    expect(ofUndo).toMatchObject({ result: "blocked", isRunning: true, reason: held });
    const both = judged([{ blockedBy: held }, { blockedBy: owned }], []);
    expect(both.reason).toEqual(reason("groupRunning", { partitions: 1, because: owned }));
  });

  it("is blocked, and not running, where every checkpoint is in the way of nobody at work", () => {
    expect(judged([{ blockedBy: occupied }], [])).toMatchObject({
      result: "blocked",
      isRunning: false,
    });
  });

  it("is unchanged where all of it stands at the target, and skipped where there is nothing", () => {
    expect(judged([], [], 2).result).toBe("unchanged");
    const nothing = judged([{ source: null, blockedBy: unknown }], []);
    expect([nothing.result, nothing.reason?.code]).toEqual(["skipped", "nothingToMove"]);
  });

  it("tells one warning of each code", () => {
    const warnings = [reason("unreadAtSource", { events: 1 }), reason("unreadAtSource", { events: 2 })];
    expect(judged([{ warnings, blockedBy: occupied }]).warnings).toEqual([warnings[0]]);
  });
});

describe("the plans of a group's undo", () => {
  const touched = reason("moveTouched", { blobName: "b" });
  const gone = reason("madeIsGone", { blobName: "b" });
  const undoPlan = (blockedBy: Reason | null) => {
    const made = planRecord([plannedWrite("0")]);
    const [first] = made.plan.entries;
    if (blockedBy === null || first === undefined) return made;
    return { ...made, writes: [], plan: { ...made.plan, entries: [{ ...first, blockedBy }] } };
  };

  it("count as one, whichever reset each is of", () => {
    expect(judgePlans([undoPlan(null), undoPlan(touched), undoPlan(gone)])).toMatchObject({
      result: "ready",
      reason: { code: "partitionsLeft", params: { partitions: 1, because: touched } },
      partitions: { toMove: 1, blocked: 1, unchanged: 1, withoutCheckpoint: 0 },
    });
  });

  it("leave nothing to undo where all is gone already, or nothing was written", () => {
    expect(judgePlans([undoPlan(gone)])).toMatchObject({ result: "unchanged", reason: null });
    expect(judgePlans([])).toMatchObject({ result: "unchanged", reason: null });
    expect(judgePlans([undoPlan(touched)])).toMatchObject({ result: "blocked", reason: touched });
  });
});

it("waits at the begin only for groups that run, and only where the admin wants that", () => {
  const running = entry({ result: "blocked", isRunning: true });
  expect(atBegin(running, "wait")).toBe("waiting");
  expect(atBegin(running, "skip")).toBe("skipped");
  expect(atBegin(entry({ result: "blocked" }), "wait")).toBe("skipped");
  expect(atBegin(entry({ result: "ready" }), "skip")).toBe("ready");
});

describe("an ended reset", () => {
  const of = (...results: [EntryResult, Reason | null][]) => ({
    reason: null,
    entries: results.map(
      ([result, why], at): EntryRecord => ({
        partitionId: String(at),
        write: plannedWrite(String(at)),
        result,
        before: null,
        lastOwnerId: null,
        after: null,
        reason: why,
        live: null,
      }),
    ),
  });
  const cut = reason("cutOffBefore");
  const skip = { whenRunning: "skip", resets: 1 } as const;

  it("moved the group where every write arrived", () => {
    expect(judgeReset(of(["written", null], ["written", null]), entry(), skip)).toMatchObject({
      goOnWith: null,
      judged: { result: "moved", partitions: { written: 2 } },
    });
  });

  it("moved it in part where the plan had left partitions alone", () => {
    const partitions = { ...entry().partitions, blocked: 1 };
    expect(judgeReset(of(["written", null]), entry({ partitions }), skip)).toMatchObject({
      judged: { result: "partly" },
    });
  });

  it.each([cut, reason("dashboardStopped")])(
    "goes on with exactly what a dead dashboard left: $code",
    (why) => {
      expect(judgeReset(of(["written", null], ["skipped", why]), entry(), skip)).toEqual({
        goOnWith: ["1"],
        written: 1,
      });
    },
  );

  it("does not go on for ever", () => {
    expect(judgeReset(of(["skipped", cut]), entry(), { ...skip, resets: 10 })).toMatchObject({
      goOnWith: null,
      judged: { result: "failed", reason: { code: "triedTooOften" } },
    });
  });

  it("counts what earlier resets of the group wrote", () => {
    const partitions = { ...entry().partitions, written: 1 };
    expect(judgeReset(of(["written", null]), entry({ partitions }), skip)).toMatchObject({
      judged: { result: "moved", partitions: { written: 2 } },
    });
  });

  it("tells why what is left was left", () => {
    const changed = reason("sourceChanged", { because: owned });
    expect(judgeReset(of(["written", null], ["conflict", changed]), entry(), skip)).toMatchObject({
      judged: { result: "partly", reason: { code: "partitionsLeft", params: { because: changed } } },
    });
    expect(judgeReset(of(["conflict", changed]), entry(), skip)).toMatchObject({
      judged: { result: "failed", reason: changed },
    });
  });

  it("waits again for a group that was started meanwhile, where the admin waits", () => {
    const changed = reason("sourceChanged", { because: owned });
    const wait = { whenRunning: "wait", resets: 1 } as const;
    expect(judgeReset(of(["conflict", changed]), entry(), wait)).toMatchObject({
      judged: { result: "waiting", isRunning: true },
    });
    expect(judgeReset(of(["written", null], ["conflict", changed]), entry(), wait)).toMatchObject({
      judged: { result: "partly" },
    });
  });
});

it("takes the rest of a plan with the conditions that it was reviewed with", () => {
  const whole = plan([], ["0", "1", "2"]);
  const rest = restOf(whole, "rest", ["1"]);
  expect(rest.plan).toMatchObject({ planId: "rest", entries: [{ partitionId: "1" }] });
  expect(rest.writes).toEqual([whole.writes[1]]);
});
