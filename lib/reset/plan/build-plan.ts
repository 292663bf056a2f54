import { isDeepStrictEqual } from "node:util";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { RequestedTarget, ResetMode } from "#lib/api/resets.ts";
import { hubAddress } from "#lib/core/addresses.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { type PartitionReading, partitionIdsOf } from "#lib/core/hub-reading.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { MadePlanEntry, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "../group/place.ts";
import { EventLookup } from "./event-lookup.ts";
import { liveCourse } from "./hold-seconds.ts";
import type { Observation } from "./observation.ts";
import { type Aim, type PlannedEntry, planEntry, type Wish } from "./plan-entry.ts";
import { blockingNeighbours } from "./plan-warnings.ts";
import type { Situation } from "./standing.ts";

/** Higher than the number of readings in flight, so that a free reading never waits for a partition. */
const partitionsAtOnce = 64;

export interface PlanHead {
  planId: string;
  actor: string;
  createdAt: EpochMs;
  expiresAt: EpochMs;
}

/**
 * `ownEtags`: the etags that the undone reset left, by partition. `aimOf` chooses the blob to write; default:
 * the one that the group's processors read.
 */
export interface PlanToBuild {
  place: ResetPlace;
  observation: Observation;
  head: PlanHead;
  mode: ResetMode;
  handlerSeconds: number;
  target: RequestedTarget;
  resolvedTime: EpochMs | null;
  partitions: readonly PartitionReading[];
  warnings: readonly Reason[];
  ownEtags?: ReadonlyMap<string, string>;
  aimOf?: (partitionId: string) => Aim;
  wishOf: (situation: Situation) => Wish;
}

/** Plans each partition by itself and puts the plan together. @throws AppError as the first partition that failed */
export async function buildPlan(build: PlanToBuild, abortSignal: AbortSignal): Promise<PlanRecord> {
  const { place, observation, head, mode, handlerSeconds } = build;
  const events = EventLookup.at(place, abortSignal);
  const { ownEtags = new Map(), aimOf = null } = build;
  const context = { place, observation, events, mode, handlerSeconds, ownEtags, aimOf, abortSignal };
  let planned: PlannedEntry[];
  try {
    const outcomes = await eachInFlight(build.partitions, partitionsAtOnce, (reading) =>
      planEntry(context, reading, build.wishOf).catch((cause: unknown) => ({ cause })),
    );
    planned = outcomes.map((outcome) => {
      if ("cause" in outcome) throw outcome.cause;
      return outcome;
    });
  } finally {
    await events.close();
  }
  abortSignal.throwIfAborted();
  const writes = planned.flatMap(({ write }) => (write === null ? [] : [write]));
  const unchanged = planned.filter((each) => each.isUnchanged === true).map(({ entry }) => entry);
  const changed = planned.filter((each) => each.isUnchanged !== true).map(({ entry }) => entry);
  return {
    plan: {
      planId: head.planId,
      hub: place.hub,
      group: place.group,
      store: place.store,
      mode,
      handlerSeconds: mode === "live" ? handlerSeconds : null,
      target: build.target,
      resolvedTime: toIso(build.resolvedTime),
      createdAt: toIso(head.createdAt),
      expiresAt: toIso(head.expiresAt),
      actor: head.actor,
      blockedBy: writes.length > 0 ? null : nothingToWrite(changed, unchanged.length),
      warnings: [
        ...build.warnings,
        ...blockingNeighbours(observation, new Set(writes.map(({ blobName }) => blobName))),
      ],
      entries: changed,
      live:
        mode === "live"
          ? liveCourse(
              writes,
              changed,
              handlerSeconds,
              partitionIdsOf(observation.hub).length,
              place.liveSettings,
            )
          : null,
      unchanged: unchanged.length,
      unchangedPartitions: unchanged.map(({ partitionId }) => partitionId),
      unchangedAtEdge: unchanged.filter(({ clampedTo }) => clampedTo !== null).length,
    },
    address: hubAddress(place),
    createdOn: observation.hub.createdOn,
    writes,
  };
}

/** Says that nothing would change, or names the reason that all partitions share, or that each has its own. */
function nothingToWrite(entries: readonly MadePlanEntry[], unchanged: number): Reason {
  if (entries.length === 0 && unchanged > 0) return reason("nothingChanges", { partitions: unchanged });
  const [first = null, ...others] = entries.map(({ blockedBy }) => blockedBy);
  const isShared = first !== null && others.every((other) => isDeepStrictEqual(other, first));
  return isShared ? first : reason("allBlocked", { partitions: entries.length });
}
