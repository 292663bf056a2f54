import { randomUUID } from "node:crypto";
import type { SkippedEvent } from "#lib/api/plans/skips.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { AppError } from "#lib/core/app-error.ts";
import { formatCount, formatDuration } from "#lib/core/figures.ts";
import type { Clock } from "#lib/core/time.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";
import { makeCleanupPlan } from "#lib/reset/cleanup/make-cleanup-plan.ts";
import type { ResetPlace } from "#lib/reset/group/place.ts";
import { inContainer } from "#lib/reset/group/same-container.ts";
import { WorkLimit } from "#lib/reset/group/work-limit.ts";
import { makeMovePlan } from "#lib/reset/move/make-move-plan.ts";
import type { PlanHead } from "#lib/reset/plan/build-plan.ts";
import { exportPositions } from "#lib/reset/plan/export-positions.ts";
import { makePlan } from "#lib/reset/plan/make-plan.ts";
import { toPlan } from "#lib/reset/plan/to-plan.ts";
import { anonymous, type Caller } from "#lib/server/access/caller.ts";
import { readThatEvent } from "#lib/server/hubs/inspect-event.ts";
import { planLifeMs } from "./changed-hubs.ts";
import { leftBehind } from "./left-behind.ts";
import type { ResetPlaces } from "./reset-places.ts";
import type { ResetsRuntime } from "./resets-runtime.ts";
import { placeOfUndo, planUndoAt } from "./undo-reset.ts";

/** Each preview reads a whole group and hub, and events of up to 1,024 partitions. */
const mostAtOnce = 6;
const mostOfOne = 4;
/** Beside the hub's reading. */
const limitMs = 60_000;
/** Pages, the command line and most proxies wait two minutes for an answer. */
const mostReadMs = 110_000;

export type ResetPlans = Pick<
  ResetsRuntime,
  "preview" | "previewSkip" | "previewMove" | "previewCleanup" | "plan" | "undo" | "positions"
>;

export interface ResetPlansOptions {
  places: ResetPlaces;
  records: Pick<ResetRecords, "savePlan" | "plan" | "reset" | "moves" | "undos">;
  clock?: Clock;
}

/** Makes plans and keeps each for ten minutes and for its caller. */
export function createResetPlans(options: ResetPlansOptions): ResetPlans {
  const { records, clock = Date.now } = options;
  const begin = () => {
    const limit = new WorkLimit(limitMs);
    const { find, findTarget } = options.places;
    const places: ResetPlaces = {
      find: (...address) => limit.beside(withinRequest(find(...address))),
      findTarget: (...address) => limit.beside(withinRequest(findTarget(...address))),
    };
    return { limit, places };
  };
  const gate = new Gate();
  const make = (
    limit: WorkLimit,
    place: ResetPlace,
    caller: Caller,
    plan: (head: PlanHead, abortSignal: AbortSignal) => Promise<PlanRecord>,
  ) =>
    gate.run(limit, place, caller, async (abortSignal) => {
      const createdAt = clock();
      const planId = randomUUID();
      const expiresAt = createdAt + planLifeMs;
      const made = await plan({ planId, actor: caller.name, createdAt, expiresAt }, abortSignal);
      const record = inContainer(dated(made), place);
      await records.savePlan({ ...record, ownerKey: caller.key }, expiresAt, clock());
      return toPlan(record.plan, null);
    });

  return {
    preview: async (address, request, caller) => {
      const { limit, places } = begin();
      const place = places.find(address);
      return make(limit, place, caller, (head, abortSignal) => makePlan(place, request, head, abortSignal));
    },

    previewSkip: async (address, partitionId, { sequenceNumber, mode, handlerSeconds }, caller) => {
      const { limit, places } = begin();
      const place = places.find(address);
      return make(limit, place, caller, async (head, abortSignal) => {
        const event = await readThatEvent(place, { partitionId, sequenceNumber }, abortSignal);
        const target = { kind: "sequenceNumber" as const, value: event.sequenceNumber + 1 };
        const request = { partitions: [partitionId], target, mode, handlerSeconds };
        const record = await makePlan(place, request, head, abortSignal);
        refusePassed(record.plan, event);
        return { ...record, plan: { ...record.plan, target: { ...target, skipped: skippedEvent(event) } } };
      });
    },

    previewMove: async (address, { to, ...request }, caller) => {
      const { limit, places } = begin();
      const source = places.find(address);
      const { hub = source.hub, group = source.group, store = source.store } = to;
      const target = places.findTarget({ hub, group, store });
      return make(limit, target, caller, (head, abortSignal) =>
        makeMovePlan(source, target, request, head, abortSignal),
      );
    },

    previewCleanup: async (address, request, caller) => {
      const { limit, places } = begin();
      const place = places.find(address);
      const left = await leftBehind(records, place);
      return make(limit, place, caller, (head, abortSignal) =>
        makeCleanupPlan(place, request, left, head, abortSignal),
      );
    },

    undo: async (resetId, caller) => {
      const reset = await records.reset(resetId);
      if (reset === null) throw new AppError("notFound", `There is no reset ${JSON.stringify(resetId)}.`);
      const { limit, places } = begin();
      const place = placeOfUndo(places, reset);
      return make(limit, place, caller, (head, abortSignal) => planUndoAt(place, reset, head, abortSignal));
    },

    plan: async (planId, caller) => {
      const saved = await records.plan(planId);
      if (saved === null || saved.ownerKey !== caller.key)
        throw new AppError(
          "notFound",
          `There is no plan ${JSON.stringify(planId)} of yours: plans are kept for ten minutes. Make a new one.`,
        );
      return toPlan(saved.plan, saved.resetId);
    },

    positions: async (address, caller) => {
      const { limit, places } = begin();
      const place = places.find(address);
      return gate.run(limit, place, caller, (abortSignal) => exportPositions(place, clock(), abortSignal));
    },
  };
}

/** Refuses at once what is known to take longer than its asker waits. */
function withinRequest(place: ResetPlace): ResetPlace {
  return {
    ...place,
    readHub: async (abortSignal, partitionIds) => {
      const takesMs = place.hubReadMs?.(partitionIds?.length) ?? 0;
      if (takesMs <= mostReadMs) return place.readHub(abortSignal, partitionIds);
      throw new AppError(
        "conflict",
        `The event hub ${place.hub} is read too slowly for this plan: the setting propertyReadsPerSecond makes it take ` +
          `up to ${formatDuration(takesMs / 1000)}, and a plan may take ${formatDuration(mostReadMs / 1000)}. Select fewer partitions, or raise the setting.`,
      );
    },
  };
}

/** A skip of an event that was read would take the group back. */
function refusePassed({ entries, unchangedPartitions }: PlanRecord["plan"], event: ReadEvent): void {
  const { partitionId, sequenceNumber } = event;
  const position = entries.find((entry) => entry.partitionId === partitionId)?.current?.sequenceNumber;
  const isAfterIt = unchangedPartitions.includes(partitionId);
  if (!isAfterIt && (position == null || position < sequenceNumber)) return;
  throw new AppError(
    "conflict",
    `The group is past event ${formatCount(sequenceNumber)} of partition ${partitionId} already: its checkpoint is at ` +
      `${formatCount(position ?? sequenceNumber)}. There is nothing to skip.`,
  );
}

/** The rest of a body is not stored; the event can be downloaded while it is in the stream. */
const mostPreview = 512;

function skippedEvent({ partitionId, sequenceNumber, enqueuedAt, body }: ReadEvent): SkippedEvent {
  const { kind, bytes, preview } = body;
  const isCut = body.isCut || preview.length > mostPreview;
  return {
    partitionId,
    sequenceNumber,
    enqueuedAt,
    kind,
    bytes,
    isCut,
    preview: preview.slice(0, mostPreview),
  };
}

/** Stores the resolved time with "ago" targets, which mean nothing later. */
function dated(record: PlanRecord): PlanRecord {
  const { target, resolvedTime } = record.plan;
  if (target.kind !== "ago" || resolvedTime === null) return record;
  return { ...record, plan: { ...record.plan, target: { ...target, resolvedTime } } };
}

/** Admits a few at a time, fewer per caller, refuses the rest, and cancels slow ones. */
class Gate {
  readonly #running: string[] = [];

  async run<T>(
    limit: WorkLimit,
    place: ResetPlace,
    { key }: Pick<Caller, "key">,
    work: (abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const own = this.#running.filter((one) => one === key).length;
    if (this.#running.length >= mostAtOnce) throw tooManyPreviews(`${mostAtOnce} previews are`);
    if (own >= mostOfOne && key !== anonymous.key)
      throw tooManyPreviews(`${mostOfOne} previews of yours are`);
    this.#running.push(key);
    try {
      return await limit.run(work);
    } catch (error) {
      if (!limit.isOver || error instanceof AppError) throw error;
      throw new AppError(
        "azureTimeout",
        `Looking at the consumer group ${place.group} took longer than ${limitMs / 1000} s, beside the reading of its event hub.`,
        { retryable: true, cause: error },
      );
    } finally {
      this.#running.splice(this.#running.indexOf(key), 1);
    }
  }
}

function tooManyPreviews(what: string): AppError {
  return new AppError("tooManyRequests", `${what} being made already; try again in a few seconds.`, {
    retryable: true,
  });
}
