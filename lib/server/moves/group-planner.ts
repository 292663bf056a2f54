import { randomUUID } from "node:crypto";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { SharedLevels } from "#lib/checkpoint-store/listing/levels.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { HubReading } from "#lib/core/hub-reading.ts";
import { retry } from "#lib/core/pause.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type {
  GroupMoveEntryRecord,
  GroupMoveHead,
  GroupUndo,
} from "#lib/history/group-moves/group-move-record.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { inContainer } from "#lib/reset/group/same-container.ts";
import { WorkLimit } from "#lib/reset/group/work-limit.ts";
import { makeMovePlan } from "#lib/reset/move/make-move-plan.ts";
import type { PlanHead } from "#lib/reset/plan/build-plan.ts";
import { hasWritten } from "#lib/reset/plan/make-undo-plan.ts";
import type { ResetPlaces } from "#lib/server/resets/reset-places.ts";
import { placeOfUndo, planUndoAt } from "#lib/server/resets/undo-reset.ts";
import { judgePlans } from "./judge.ts";

/** Beside the hub's reading. */
const limitMs = 60_000;
const tries = 3;
const retryMs = 1_000;
/** After its end: a slowed hub is read for half a minute. Shorter than any expiry: a group that wrote since counts as running. */
const readingKeptMs = 1_000;
/** After so many groups without an answer from the same hub and stores the next ones are not asked for a while. */
const mostUnanswered = 4;
const outageMs = 30_000;

export interface PlannedGroup {
  entry: GroupMoveEntryRecord;
  /** In the order in which they are applied. Empty: nothing of the group is to be written. */
  plans: PlanRecord[];
}

export interface GroupPlannerOptions {
  places: ResetPlaces;
  records: Pick<ResetRecords, "reset">;
  repointed(entry: GroupMoveEntryRecord): string | null;
}

/** Plans groups like single moves and undos. Groups of one hub and container share what is read of all. */
export class GroupPlanner {
  readonly #options: GroupPlannerOptions;
  readonly #levels = new SharedLevels();
  readonly #readings = new Map<string, { until: EpochMs; reading: Promise<HubReading> }>();
  readonly #unanswered = new Map<string, { groups: number; until: EpochMs }>();

  constructor(options: GroupPlannerOptions) {
    this.#options = options;
  }

  /** Returns outside failures as the group's result. @throws AppError `historyUnavailable` alone */
  async plan(
    entry: GroupMoveEntryRecord,
    { actor }: Pick<GroupMoveHead, "actor">,
    stop: AbortSignal,
  ): Promise<PlannedGroup> {
    const away = this.#unanswered.get(sidesOf(entry));
    if (away !== undefined && away.groups >= mostUnanswered && Date.now() < away.until)
      return { entry: blocked(entry, failureOf(notAsked(entry))), plans: [] };
    const limit = new WorkLimit(limitMs);
    try {
      // In another container the blobs would be missing, and look as if they had been undone.
      const store = entry.undo === null ? null : this.#options.repointed(entry);
      if (store !== null) return { entry: blocked(entry, reason("storeRepointed", { store })), plans: [] };
      const made = await limit.run((late) => {
        const abortSignal = AbortSignal.any([stop, late]);
        const make = () =>
          entry.undo === null
            ? this.#planMove(entry, actor, limit, abortSignal)
            : this.#planUndo(entry.undo, actor, limit, abortSignal);
        // One of hundreds of readings may fail, which must not end the whole plan.
        return retry(make, {
          tries,
          pauseMs: (tried) => retryMs * tried,
          mayPass: (error) => isAzures(error) && !abortSignal.aborted,
        });
      });
      this.#unanswered.delete(sidesOf(entry));
      const judged = judgePlans(made);
      const plans = judged.result === "ready" ? made.filter(({ writes }) => writes.length > 0) : [];
      const [planId = null, ...laterPlanIds] = plans.map(({ plan }) => plan.planId);
      const undo = entry.undo && { ...entry.undo, laterPlanIds };
      return { entry: { ...entry, ...judged, planId, undo }, plans };
    } catch (error) {
      if (stop.aborted) throw error;
      // An AppError names the store or hub that did not answer.
      const failure =
        limit.isOver && !(error instanceof AppError)
          ? new AppError(
              "azureTimeout",
              `Looking at the group ${entry.group} took longer than ${limitMs / 1000} s, beside the reading of its event hub.`,
            )
          : error;
      if (!(failure instanceof AppError) || failure.code === "historyUnavailable") throw error;
      if (failure.code === "azureTimeout" || failure.code === "azureUnreachable") this.#noteUnanswered(entry);
      return { entry: blocked(entry, failureOf(failure)), plans: [] };
    }
  }

  #noteUnanswered(entry: GroupMoveEntryRecord): void {
    const before = this.#unanswered.get(sidesOf(entry))?.groups ?? 0;
    this.#unanswered.set(sidesOf(entry), { groups: before + 1, until: Date.now() + outageMs });
  }

  async #planMove(
    { hub, group, store, to }: GroupMoveEntryRecord,
    actor: string,
    limit: WorkLimit,
    abortSignal: AbortSignal,
  ): Promise<PlanRecord[]> {
    const { places } = this.#options;
    const source = this.#sharing(places.findTarget({ hub, group, store }, this.#levels), limit);
    const target = this.#sharing(places.findTarget({ hub, group, store: to }, this.#levels), limit);
    const request = { partitions: "all" as const, overwrite: [] };
    const plan = await makeMovePlan(source, target, request, newHead(actor), abortSignal);
    return [inContainer(plan, target)];
  }

  async #planUndo(
    { resetIds }: GroupUndo,
    actor: string,
    limit: WorkLimit,
    abortSignal: AbortSignal,
  ): Promise<PlanRecord[]> {
    const { places, records } = this.#options;
    const plans: PlanRecord[] = [];
    for (const id of resetIds) {
      const reset = await records.reset(id);
      if (reset === null) throw new AppError("notFound", `There is no reset ${id} any more.`);
      if (!hasWritten(reset)) continue;
      const place = this.#sharing(placeOfUndo(places, reset, this.#levels), limit);
      plans.push(inContainer(await planUndoAt(place, reset, newHead(actor), abortSignal), place));
    }
    return plans;
  }

  #sharing(place: ResetPlace, limit: WorkLimit): ResetPlace {
    return limit.beside({ ...place, readHub: (abortSignal) => this.#readHub(place, abortSignal) });
  }

  async #readHub(place: ResetPlace, abortSignal: AbortSignal | null): Promise<HubReading> {
    const kept = this.#readings.get(place.hub);
    if (kept !== undefined && Date.now() < kept.until) return kept.reading;
    const fresh = { until: Number.POSITIVE_INFINITY, reading: place.readHub(abortSignal) };
    this.#readings.set(place.hub, fresh);
    fresh.reading.then(
      () => {
        fresh.until = Date.now() + readingKeptMs;
      },
      () => {
        if (this.#readings.get(place.hub) === fresh) this.#readings.delete(place.hub);
      },
    );
    return fresh.reading;
  }
}

function sidesOf({ hub, store, to }: GroupMoveEntryRecord): string {
  return JSON.stringify([hub, store, to]);
}

function notAsked({ hub, store, to }: GroupMoveEntryRecord): AppError {
  return new AppError(
    "azureTimeout",
    `This group was not looked at: for the ${mostUnanswered} before it the event hub ${hub} or the stores ${store} and ${to} did not answer. Make a new plan once they do.`,
    { retryable: true },
  );
}

function isAzures(error: unknown): boolean {
  return error instanceof AppError && error.retryable && error.code !== "historyUnavailable";
}

function newHead(actor: string): PlanHead {
  const createdAt = Date.now();
  return { planId: randomUUID(), actor, createdAt, expiresAt: createdAt };
}

function blocked(entry: GroupMoveEntryRecord, why: Reason): GroupMoveEntryRecord {
  return { ...entry, result: "blocked", isRunning: false, planId: null, reason: why };
}
