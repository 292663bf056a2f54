import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sentenceOf } from "#lib/api/reasons/reason.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { GroupMoveEntryRecord } from "#lib/history/group-moves/group-move-record.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { GroupPlanner } from "#lib/server/moves/group-planner.ts";
import { modelPartition, modelPlace, offsetOf } from "#tests/support/fixtures/model-place.ts";
import { plannedWrite, resetRecord } from "#tests/support/fixtures/plan-record.ts";
import { like } from "#tests/support/fixtures/reasons.ts";
import { checkpoint, noon, storedGroup } from "#tests/support/fixtures/sources.ts";

const actor = { actor: "admin-1" };
const never = new AbortController().signal;
const folder = "contoso.servicebus.windows.net/orders/billing/checkpoint";
const ids = ["0", "1"];
const partitions = Object.fromEntries(ids.map((id) => [id, modelPartition(100, 199)]));
const slow = new AppError("azureTimeout", "There was no answer in time.", { retryable: true });
const denied = new AppError("azureUnauthorized", "This identity may not list the container.");

const entry = (over: Partial<GroupMoveEntryRecord> = {}): GroupMoveEntryRecord => ({
  hub: "orders",
  group: "billing",
  store: "old",
  to: "new",
  containers: { from: "a", to: "b" },
  result: "pending",
  isRunning: false,
  partitions: { toMove: 0, blocked: 0, unchanged: 0, withoutCheckpoint: 0, written: 0 },
  reason: null,
  warnings: [],
  planId: null,
  resetIds: [],
  undo: null,
  ...over,
});
const undoing = (...resetIds: string[]) => entry({ undo: { resetIds, laterPlanIds: [] } });

function planner(over: { there?: string[]; place?: Partial<ResetPlace>; resets?: ResetRecord[] } = {}) {
  const { there = [], place = {}, resets = [] } = over;
  const standing = (id: string) => ({
    ...checkpoint(id, 149),
    offset: offsetOf(149),
    blobName: `${folder}/${id}`,
  });
  const placeOf = (store: string) => {
    const group = storedGroup("billing", (store === "old" ? ids : there).map(standing));
    return modelPlace({ partitions, group, place: { store, ...place } });
  };
  const reset = vi.fn(async (id: string) => resets.find((one) => one.id === id) ?? null);
  const repointed = vi.fn<() => string | null>(() => null);
  const places = {
    find: (at: { store?: string | undefined }) => placeOf(at.store ?? "old"),
    findTarget: (at: { store: string }) => placeOf(at.store),
  };
  return { planner: new GroupPlanner({ places, records: { reset }, repointed }), reset, repointed };
}

function moveOf(id: string, partitionId: string, result: EntryRecord["result"] = "written"): ResetRecord {
  const { etag } = checkpoint(partitionId, 149);
  const made: EntryRecord = {
    partitionId,
    write: plannedWrite(partitionId, { blobName: `${folder}/${partitionId}` }),
    result,
    before: null,
    lastOwnerId: null,
    after: { etag, updatedAt: noon, sequenceNumber: 149, offset: offsetOf(149) },
    reason: null,
    live: null,
  };
  return resetRecord([made], {
    id,
    store: "new",
    target: { kind: "move", from: { group: "billing", store: "old" }, overwrite: [] },
    createdOn: noon - 86_400_000,
    startedAt: noon,
  });
}

describe("the plan of one group of many", () => {
  beforeEach(() => vi.useFakeTimers({ now: noon }));
  afterEach(() => vi.useRealTimers());

  async function planned(readStore: ResetPlace["readStore"]) {
    const { planner: one } = planner({ place: { readStore } });
    const coming = one.plan(entry(), actor, never);
    await vi.advanceTimersByTimeAsync(10_000);
    return coming;
  }

  it("is made again after a failure that passes, so that the rest need not be planned anew", async () => {
    const { readStore } = modelPlace({ partitions, group: storedGroup("billing", [checkpoint("0", 149)]) });
    const fails = vi.fn(readStore).mockRejectedValueOnce(slow).mockRejectedValueOnce(slow);
    expect((await planned(fails)).entry.reason?.code).not.toBe("failure");
    expect(fails.mock.calls.length).toBeGreaterThan(2);
  });

  it("tells what fails for good, and what does not pass", async () => {
    for (const [failure, calls] of [
      [denied, 1],
      [slow, 3],
    ] as const) {
      const fails = vi.fn(() => Promise.reject(failure));
      const { entry: told, plans } = await planned(fails);
      expect(told).toMatchObject({ result: "blocked", planId: null });
      expect(told.reason).toEqual(like("failure", { errorCode: failure.code }));
      expect([plans, fails.mock.calls.length]).toEqual([[], calls]);
    }
  });
});

describe("the plans of many groups of a store that does not answer", () => {
  beforeEach(() => vi.useFakeTimers({ now: noon }));
  afterEach(() => vi.useRealTimers());

  it("name that store, and do not wait for it at each group", async () => {
    const readStore = vi.fn(() => Promise.reject(slow));
    const { planner: one } = planner({ place: { readStore } });
    const told = async (group: string, to = "new") => {
      const coming = one.plan(entry({ group, to }), actor, never);
      await vi.advanceTimersByTimeAsync(4_000);
      const { entry: made } = await coming;
      expect(made).toMatchObject({ result: "blocked", isRunning: false });
      const said = made.reason === null ? "" : sentenceOf(made.reason);
      return [said, readStore.mock.calls.length] as const;
    };
    for (const [at, group] of ["a", "b", "c", "d"].entries())
      expect(await told(group)).toEqual([`The store old can't be read. ${slow.message}`, 3 * (at + 1)]);
    expect(await told("e")).toEqual([expect.stringMatching(/^This group was not looked at: /), 12]);
    expect((await told("e", "another"))[1]).toBe(15);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await told("e"))[1]).toBe(18);
  });
});

describe("the plans of many groups of a hub that is read slowly", () => {
  beforeEach(() => vi.useFakeTimers({ now: noon }));
  afterEach(() => vi.useRealTimers());

  it("share one reading, which gets the time that it takes", async () => {
    const model = modelPlace({ partitions, group: storedGroup("billing", [checkpoint("0", 149)]) });
    const readHub = vi.fn<ResetPlace["readHub"]>(async (signal) => {
      await new Promise((resolve, reject) => {
        setTimeout(resolve, 110_000);
        signal?.addEventListener("abort", () => reject(signal.reason));
      });
      return model.readHub(signal);
    });
    const { planner: one } = planner({ place: { readHub } });
    const first = one.plan(entry(), actor, never);
    await vi.advanceTimersByTimeAsync(60_000);
    const second = one.plan(entry(), actor, never);
    await vi.advanceTimersByTimeAsync(60_000);
    for (const { entry: made } of await Promise.all([first, second])) expect(made.result).toBe("ready");
    expect(readHub).toHaveBeenCalledOnce();
  });
});

describe("the plans of a group's undo", () => {
  it("are one for each reset that wrote, in the order in which they are applied", async () => {
    const resets = [moveOf("first", "0"), moveOf("nothing", "1", "conflict"), moveOf("last", "1")];
    const { planner: one } = planner({ there: ids, resets });
    const { entry: made, plans } = await one.plan(undoing("last", "nothing", "first"), actor, never);
    expect(plans.map(({ plan }) => plan.target)).toEqual([
      { kind: "undo", resetId: "last" },
      { kind: "undo", resetId: "first" },
    ]);
    const [last, first] = plans.map(({ plan }) => plan.planId);
    expect(made).toMatchObject({
      result: "ready",
      planId: last,
      undo: { laterPlanIds: [first] },
      partitions: { toMove: 2 },
    });
  });

  it("leave nothing to undo where it was undone before", async () => {
    const { planner: one } = planner({ resets: [moveOf("first", "0")] });
    const { entry: made, plans } = await one.plan(undoing("first"), actor, never);
    expect([made.result, made.planId, plans]).toEqual(["unchanged", null, []]);
  });

  it("are not made in another container, nor without the record of a reset", async () => {
    const moved = planner({ resets: [moveOf("first", "0")] });
    moved.repointed.mockReturnValue("new");
    expect((await moved.planner.plan(undoing("first"), actor, never)).entry).toMatchObject({
      result: "blocked",
      reason: like("storeRepointed", { store: "new" }),
    });
    const { planner: lost } = planner();
    expect((await lost.plan(undoing("first"), actor, never)).entry.reason).toEqual(
      like("failure", { errorCode: "notFound" }),
    );
  });

  it("wait for a history that can't be reached: it is not the group's fault", async () => {
    const { planner: one, reset } = planner();
    reset.mockRejectedValue(new AppError("historyUnavailable", "The database is away.", { retryable: true }));
    await expect(one.plan(undoing("first"), actor, never)).rejects.toMatchObject({
      code: "historyUnavailable",
    });
    expect(reset).toHaveBeenCalledOnce();
  });
});
