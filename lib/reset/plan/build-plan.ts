import { isDeepStrictEqual } from "node:util";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { RequestedTarget, ResetMode } from "#lib/api/resets.ts";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { type PartitionReading, partitionIdsOf } from "#lib/core/hub-reading.ts";
import { type EpochMs, toIso } from "#lib/core/time.ts";
import type { MadePlanEntry, PlanRecord } from "#lib/history/resets/plan-record.ts";
import type { ResetPlace } from "../group/place.ts";
import { EventLookup } from "./event-lookup.ts";
import { liveCourse } from "./hold-seconds.ts";
import type { Observation } from "./observation.ts";
import { type Aim, type PlannedEntry, planEntry, type Situation, type Wish } from "./plan-entry.ts";
import { blockingNeighbours } from "./plan-warnings.ts";

/** More than the readings that are under way at a time, so that these never wait for a partition. */
const partitionsAtOnce = 64;

/** What a plan is made for and by whom. */
export interface PlanHead {
  planId: string;
  actor: string;
  createdAt: EpochMs;
  expiresAt: EpochMs;
}

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
  /** What the reset that is undone left behind, by partition. */
  ownEtags?: ReadonlyMap<string, string>;
  /** Which blob a partition's write goes to; default: the one that the group's processors read. */
  aimOf?: (partitionId: string) => Aim;
  wishOf: (situation: Situation) => Wish;
}

/** Plans every partition, each for itself, and the whole from them. */
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
    address: `${place.fullyQualifiedNamespace}/${place.eventHubName}`.toLowerCase(),
    createdOn: observation.hub.createdOn,
    writes,
  };
}

/** That nothing would change; else the reason that all partitions share, or that each has its own. */
function nothingToWrite(entries: readonly MadePlanEntry[], unchanged: number): Reason {
  if (entries.length === 0 && unchanged > 0) return reason("nothingChanges", { partitions: unchanged });
  const [first = null, ...others] = entries.map(({ blockedBy }) => blockedBy);
  const isShared = first !== null && others.every((other) => isDeepStrictEqual(other, first));
  return isShared ? first : reason("allBlocked", { partitions: entries.length });
}
