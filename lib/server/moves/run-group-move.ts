import { randomUUID } from "node:crypto";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import type { Reset } from "#lib/api/resets.ts";
import { AppError } from "#lib/core/app-error.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { pause } from "#lib/core/pause.ts";
import type { GroupMoveEntryRecord } from "#lib/history/group-moves/group-move-record.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetRecord } from "#lib/history/resets/reset-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import { planLifeMs } from "#lib/server/resets/changed-hubs.ts";
import type { ResetsRuntime } from "#lib/server/resets/resets-runtime.ts";
import { callerOf, groupMoveActivity } from "./group-move-activity.ts";
import type { GroupPlanner } from "./group-planner.ts";
import { atBegin, judgeReset, restOf } from "./judge.ts";
import { GroupMoveLost, type OwnGroupMove } from "./own-group-move.ts";

/** Each reads and writes its own blobs, so a few side by side ask little of a store. */
const groupsAtOnce = 4;
const lookMs = 150;
const waitMs = 5_000;
/** How long a begun move can be resumed. */
export const movePlansLifeMs = 7 * 24 * 3_600_000;

export interface GroupMoveRunOptions {
  own: OwnGroupMove;
  records: Pick<ResetRecords, "plan" | "reset" | "savePlan">;
  planner: GroupPlanner;
  apply: ResetsRuntime["apply"];
  repointed(entry: GroupMoveEntryRecord): string | null;
}

/** Plans or moves the groups in order. Ends early when the dashboard stops, and is taken up again later. */
export async function runGroupMove(options: GroupMoveRunOptions): Promise<void> {
  const { own } = options;
  const run = new GroupMoveRun(options);
  try {
    if (own.record.state === "planning") await run.plan();
    else await run.move();
  } catch (error) {
    if (!(error instanceof GroupMoveLost) && !own.ended.aborted) throw error;
  }
}

class GroupMoveRun {
  readonly #options: GroupMoveRunOptions;
  readonly #own: OwnGroupMove;

  constructor(options: GroupMoveRunOptions) {
    this.#options = options;
    this.#own = options.own;
  }

  async plan(): Promise<void> {
    const own = this.#own;
    await this.#each(
      own.ordinals(({ result }) => result === "pending"),
      (ordinal) => this.#planGroup(ordinal),
    );
    const now = Date.now();
    if (own.stopAsked === null) {
      const expiresAt = now + planLifeMs;
      return own.stepOn({ state: "planned", expiresAt, plansUntil: expiresAt });
    }
    const activity = groupMoveActivity(own.record, "stopped", now);
    await own.stepOn({ state: "stopped", endedAt: now, plansUntil: now, activity });
  }

  async move(): Promise<void> {
    const own = this.#own;
    const { whenRunning } = own.record;
    for (const ordinal of own.ordinals(({ result }) => result === "blocked"))
      await own.note(ordinal, { result: atBegin(own.entry(ordinal), whenRunning) });
    // First the groups that a dead dashboard had begun.
    await this.#each(
      own.ordinals(({ result }) => result === "moving"),
      (ordinal) => this.#moveGroup(ordinal),
    );
    await this.#each(
      own.ordinals(({ result }) => result === "ready"),
      (ordinal) => this.#moveGroup(ordinal),
    );
    for (;;) {
      const waiting = own.ordinals(({ result }) => result === "waiting");
      if (waiting.length === 0 || own.noMore.aborted) break;
      await this.#each(waiting, (ordinal) => this.#moveOnceStopped(ordinal));
      if (own.ordinals(({ result }) => result === "waiting").length > 0) await pause(waitMs, own.noMore);
    }
    if (own.ended.aborted) return;
    await this.#skipTheRest();
    const now = Date.now();
    const isCut = own.ordinals((entry) => entry.reason?.code === "moveStopped").length > 0;
    const state = isCut ? "stopped" : "done";
    const activity = groupMoveActivity(own.record, state, now);
    await own.stepOn({ state, endedAt: now, plansUntil: now, activity });
  }

  async #each(ordinals: readonly number[], run: (ordinal: number) => Promise<void>): Promise<void> {
    const failures: unknown[] = [];
    await eachInFlight(ordinals, groupsAtOnce, async (ordinal) => {
      if (this.#own.noMore.aborted || failures.length > 0) return;
      await run(ordinal).catch((error: unknown) => failures.push(error));
    });
    if (failures.length > 0) throw failures[0];
  }

  async #planGroup(ordinal: number, resultOf = resultAsPlanned): Promise<void> {
    const own = this.#own;
    const { planner } = this.#options;
    const { entry, plans } = await own.patiently(() =>
      planner.plan(own.entry(ordinal), own.record, own.ended),
    );
    for (const plan of plans) await this.#save(plan);
    await own.note(ordinal, { ...entry, result: resultOf(entry) });
  }

  async #moveOnceStopped(ordinal: number): Promise<void> {
    await this.#planGroup(ordinal, (entry) => atBegin(entry, "wait"));
    if (this.#own.entry(ordinal).result === "ready") await this.#moveGroup(ordinal);
  }

  async #moveGroup(ordinal: number): Promise<void> {
    const own = this.#own;
    const { records } = this.#options;
    for (;;) {
      const entry = own.entry(ordinal);
      const { planId } = entry;
      const saved = planId === null ? null : await own.patiently(() => records.plan(planId));
      if (saved === null) {
        await own.note(ordinal, { result: "failed", reason: reason("planNotKept") });
        return;
      }
      if (saved.resetId === null) {
        if (!(await this.#begin(ordinal, saved))) return;
        continue;
      }
      const reset = await this.#ended(saved.resetId);
      const resetIds = [...entry.resetIds, reset.id];
      const { whenRunning } = own.record;
      const after = judgeReset(reset, entry, { whenRunning, resets: resetIds.length });
      if (after.goOnWith === null) {
        const { judged, left } = after;
        const [planId, ...laterPlanIds] = judged.result === "waiting" ? [] : (entry.undo?.laterPlanIds ?? []);
        if (entry.undo === null || planId === undefined) {
          await own.note(ordinal, { ...judged, resetIds });
          return;
        }
        const { reason: why, partitions } = judged;
        await own.note(ordinal, {
          planId,
          undo: { ...entry.undo, laterPlanIds },
          resetIds,
          reason: why,
          partitions: { ...partitions, blocked: partitions.blocked + left },
        });
        continue;
      }
      const rest = restOf(saved, randomUUID(), after.goOnWith);
      await this.#save(rest);
      const partitions = { ...entry.partitions, written: after.written };
      await own.note(ordinal, { planId: rest.plan.planId, resetIds, partitions });
    }
  }

  async #begin(ordinal: number, { plan }: PlanRecord): Promise<boolean> {
    const own = this.#own;
    const entry = own.entry(ordinal);
    if (own.noMore.aborted) return false;
    if (entry.result !== "moving") await own.note(ordinal, { result: "moving", isRunning: false });
    const { hub, group, store, planId } = plan;
    try {
      const repointed = this.#options.repointed(entry);
      if (repointed !== null) {
        await own.note(ordinal, { result: "failed", reason: reason("storeRepointed", { store: repointed }) });
        return false;
      }
      const request = { planId, confirm: group };
      await own.patiently<Reset>(() =>
        this.#options.apply({ hub, group, store }, request, callerOf(own.record)),
      );
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const saved = await own.patiently(() => this.#options.records.plan(planId));
      if (saved?.resetId != null) return true;
      const isBusy = error.code === "resetRunning" && own.record.whenRunning === "wait";
      await own.note(ordinal, { result: isBusy ? "waiting" : "failed", reason: failureOf(error) });
      return false;
    }
  }

  /** A reset that its dashboard left behind is ended by whoever takes it over. @throws GroupMoveLost */
  async #ended(resetId: string): Promise<ResetRecord> {
    const own = this.#own;
    for (;;) {
      const reset = await own.patiently(() => this.#options.records.reset(resetId));
      if (reset !== null && reset.state !== "running") return reset;
      await pause(lookMs, own.ended);
    }
  }

  async #save(record: PlanRecord): Promise<void> {
    const own = this.#own;
    const now = Date.now();
    const owned = { ...record, ownerKey: own.record.ownerKey };
    // Long enough for the planning. Its end sets the real time.
    await own.patiently(() => this.#options.records.savePlan(owned, now + movePlansLifeMs, now));
  }

  async #skipTheRest(): Promise<void> {
    const own = this.#own;
    const { stopAsked } = own;
    if (stopAsked === null) return;
    const because = reason("moveStopped", { actor: stopAsked.actor });
    for (const ordinal of own.ordinals(({ result }) => unfinished.has(result))) {
      const { partitions } = own.entry(ordinal);
      const result = partitions.written > 0 ? "partly" : "skipped";
      await own.note(ordinal, { result, reason: because });
    }
  }
}

const unfinished: ReadonlySet<string> = new Set(["pending", "ready", "blocked", "waiting", "moving"]);

function resultAsPlanned({ result }: GroupMoveEntryRecord): GroupMoveEntryRecord["result"] {
  return result;
}
