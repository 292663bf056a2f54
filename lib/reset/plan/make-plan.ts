import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { PreviewRequest } from "#lib/api/resets.ts";
import type { Target } from "#lib/api/target.ts";
import { AppError } from "#lib/core/app-error.ts";
import { type HubReading, type PartitionReading, partitionIdsOf } from "#lib/core/hub-reading.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { StoredGroup } from "#lib/core/stored-blobs.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "../group/place.ts";
import { buildPlan, type PlanHead } from "./build-plan.ts";
import { observe } from "./observation.ts";
import { resolveTarget } from "./resolve-target.ts";

/**
 * Plans a reset of the chosen partitions: what it will write, what that means, and who is in the way. Changes nothing.
 * @throws AppError `invalidRequest` for a target that makes no sense; `azure…` when the store or the hub can't be read
 */
export async function makePlan(
  place: ResetPlace,
  request: PreviewRequest,
  head: PlanHead,
  abortSignal: AbortSignal,
): Promise<PlanRecord> {
  const { target, mode, handlerSeconds } = request;
  const other = await otherGroup(place, target, abortSignal);
  const observation = await observe(
    place,
    abortSignal,
    request.partitions === "all" ? undefined : request.partitions,
  );
  checkOrigin(target, place, observation.hub);
  const partitions = choosePartitions(request.partitions, observation.hub, place.eventHubName);
  const resolvedTime = timeOf(target, observation.storeNow);
  return buildPlan(
    {
      place,
      observation,
      head,
      mode,
      handlerSeconds,
      target,
      resolvedTime,
      partitions,
      warnings: strangers(target, observation.hub),
      wishOf: (situation) => ({
        wanted: resolveTarget(target, situation, {
          resolvedTime,
          hubCreatedOn: observation.hub.createdOn,
          otherCheckpoint: other?.checkpoints.get(situation.partitionId) ?? null,
        }),
        processedSince: null,
        warnings: [],
      }),
    },
    abortSignal,
  );
}

/** Counts `ago` from the store's clock, since this machine's may be wrong. */
function timeOf(target: Target, storeNow: EpochMs): EpochMs | null {
  if (target.kind === "time") return Date.parse(target.value);
  return target.kind === "ago" ? storeNow - target.seconds * 1000 : null;
}

async function otherGroup(
  place: ResetPlace,
  target: Target,
  abortSignal: AbortSignal,
): Promise<StoredGroup | null> {
  if (target.kind !== "group") return null;
  const { name, store } = target;
  const isItself = isSameName(name, place.group);
  if (isItself && (store ?? place.store) === place.store)
    throw new AppError("invalidRequest", "target.name is the group that is reset. Name another one.");
  const other = await place.readOtherGroup(name, store, abortSignal);
  if (other !== null) return other;
  const where = store === undefined ? "" : ` in the store ${store}`;
  throw new AppError(
    "invalidRequest",
    `target.name is ${name}, which has no checkpoint${where} on this event hub.`,
  );
}

/**
 * Refuses positions that were exported from another hub. Times go to any hub (lib/reset/README.md#targets).
 */
function checkOrigin(target: Target, place: ResetPlace, { createdOn }: HubReading): void {
  if (target.kind !== "positions" || target.exportedFrom === undefined) return;
  const from = target.exportedFrom;
  const isHere =
    isSameName(from.fullyQualifiedNamespace, place.fullyQualifiedNamespace) &&
    isSameName(from.eventHubName, place.eventHubName);
  if (isHere && Date.parse(from.createdOn) === createdOn) return;
  const origin = isHere
    ? `an event hub of this name that was created at ${from.createdOn}, and this one was created at ${toIso(createdOn)}`
    : `${from.fullyQualifiedNamespace}/${from.eventHubName}`;
  throw new AppError(
    "invalidRequest",
    `target.exportedFrom is another event hub: the positions were exported from ${origin}. Sequence numbers mean nothing here. Import the file by its times.`,
  );
}

/** Returns the requested partitions. @throws AppError `invalidRequest` when the hub lacks one of them */
export function choosePartitions(
  wanted: "all" | readonly string[],
  hub: HubReading,
  name: string,
): PartitionReading[] {
  const { partitions } = hub;
  if (wanted === "all") return partitions;
  const ids = new Set(wanted);
  const chosen = partitions.filter(({ partitionId }) => ids.delete(partitionId));
  if (ids.size === 0) return chosen;
  const some = (all: readonly string[]) => `${all.slice(0, 10).join(", ")}${all.length > 10 ? " …" : ""}`;
  throw new AppError(
    "invalidRequest",
    `partitions must be of the event hub ${name}, which has no partition ${some([...ids])}. It has ${partitions.length}: ${some(partitionIdsOf(hub))}.`,
  );
}

function strangers(target: Target, hub: HubReading): Reason[] {
  if (target.kind !== "positions" && target.kind !== "times") return [];
  const here = new Set(partitionIdsOf(hub));
  const count = Object.keys(target.values).filter((id) => !here.has(id)).length;
  return count === 0 ? [] : [reason("fileNamesOthers", { partitions: count })];
}
