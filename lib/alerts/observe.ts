import type { AlertRule } from "#lib/api/alerts.ts";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { Reason } from "#lib/api/reasons/catalogue.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { type Status, statuses } from "#lib/api/status.ts";
import { largest } from "#lib/core/known.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";
import { lossMeasure } from "./loss-measure.ts";
import { type NotKnown, nothingKnown, type Observation, type Observed } from "./observation.ts";
import { goneFor, inLagState, statusUnknown } from "./observe-states.ts";
import { hasLeases, type UnownedSince } from "./unowned-partitions.ts";

type ObservedFor = Observed & Pick<Observation, "forSeconds">;

export function observeRule(
  { when }: AlertRule,
  snapshot: GroupSnapshot,
  rememberedSince: UnownedSince,
  now: EpochMs,
): Observed {
  const { group, partitions } = snapshot;
  if ("goneSeconds" in when) return goneFor(when.goneSeconds, group, now);
  if (group.stale || group.observedAt === null) return nothingKnown;
  if ("status" in when) {
    return when.status === "unknown" ? statusUnknown(snapshot) : atOrAbove(when.status, snapshot);
  }
  if ("lagState" in when) return inLagState(when.lagState, partitions);
  if ("lag" in when) {
    // An upper bound proves nothing.
    return {
      ...threshold(group.measuredLag, when.lag),
      ...heldBy(partitions, ({ lag, lagIsUpperBound }) => !lagIsUpperBound && (lag ?? 0) > 0),
      summary: reason("lagAbove", { lag: group.measuredLag ?? 0 }),
    };
  }
  if ("lagSeconds" in when) return behindFor(when.lagSeconds, partitions);
  if ("retentionUsed" in when) {
    // Without a checkpoint all events of the stream count as unread, which proves nothing.
    const used = (partition: GroupPartition) => (partition.lagIsUpperBound ? null : partition.retentionUsed);
    const worst = largest(partitions.map(used));
    const held = heldBy(partitions, (partition) => (used(partition) ?? 0) >= when.retentionUsed);
    const summary = reason("retentionUsed", {
      retentionUsed: worst ?? 0,
      ...unlessAll(held.heldBy, partitions),
    });
    const seen = { ...threshold(worst, when.retentionUsed), ...held, summary };
    if ((group.lostEvents ?? 0) === 0) return seen;
    return { ...seen, measure: lossMeasure(0, group.lostEvents), summary: lost(snapshot) };
  }
  if ("lossWithinSeconds" in when) return lossWithin(when.lossWithinSeconds, snapshot);
  if ("unownedSeconds" in when) return unowned(when.unownedSeconds, snapshot, rememberedSince);
  return nothingKnown;
}

/** Counts only partitions with a checkpoint; elsewhere nothing tells how old the last processed event is. */
function behindFor(limit: number, partitions: readonly GroupPartition[]): Observed {
  const read = partitions.filter(({ lagIsUpperBound }) => !lagIsUpperBound);
  const seconds = largest(read.map(({ lagSeconds }) => lagSeconds));
  const isOver = ({ lagSeconds }: GroupPartition) => lagSeconds !== null && lagSeconds >= limit;
  // A lower bound below the limit does not tell whether the limit is passed.
  const isOpen = (partition: GroupPartition) =>
    partition.lag !== null &&
    !isOver(partition) &&
    (partition.lagSeconds === null || partition.lagSecondsIsLowerBound);
  const { heldBy: held, notKnown } = heldBy(read, isOver);
  const left = read.filter(isOpen).map(({ partitionId }) => ({ partitionId, isPassing: true }));
  return {
    ...threshold(seconds, limit),
    heldBy: held,
    notKnown: [...notKnown, ...left],
    summary: reason("timeLagAbove", { lagSeconds: seconds ?? 0, ...unlessAll(held, partitions) }),
  };
}

function heldBy(
  partitions: readonly GroupPartition[],
  holds: (partition: GroupPartition) => boolean,
): Pick<Observed, "heldBy" | "notKnown"> {
  return {
    heldBy: idsOf(partitions.filter(holds)),
    notKnown: partitions.flatMap(({ partitionId, lag, lagState }): NotKnown[] =>
      lag === null ? [{ partitionId, isPassing: lagState === "unknown" }] : [],
    ),
  };
}

function lossWithin(limit: number, snapshot: GroupSnapshot): Observed {
  const { group, partitions } = snapshot;
  const { secondsUntilLoss: seconds, measuredLag } = group;
  const held = heldBy(partitions, (each) => each.secondsUntilLoss !== null && each.secondsUntilLoss <= limit);
  // Null also when no loss comes closer. That rules out a loss only if all partitions are known.
  if (seconds === null) return { ...nothingKnown, ...held, holds: measuredLag === null ? null : false };
  return {
    ...held,
    holds: seconds <= limit,
    hasHappened: seconds === 0,
    since: null,
    measure: lossMeasure(seconds, group.lostEvents),
    summary:
      seconds === 0
        ? lost(snapshot)
        : reason("lossForeseen", { secondsUntilLoss: seconds, ...unlessAll(held.heldBy, partitions) }),
  };
}

function lost({ group: { lostEvents }, partitions }: GroupSnapshot): Reason {
  const losing = partitions.filter((each) => (each.lostEvents ?? 0) > 0 || each.secondsUntilLoss === 0);
  return reason("eventsBeingLost", { lostEvents, ...unlessAll(idsOf(losing), partitions) });
}

function idsOf(partitions: readonly GroupPartition[]): string[] {
  return partitions.map(({ partitionId }) => partitionId);
}

/** What holds for all partitions is told of the group. */
function unlessAll(
  ids: readonly string[] | null,
  all: readonly GroupPartition[],
): { partitionIds?: string[] } {
  return ids === null || ids.length === 0 || ids.length >= all.length ? {} : { partitionIds: [...ids] };
}

function threshold(value: number | null, limit: number): Pick<Observed, "holds" | "since" | "measure"> {
  return { holds: value === null ? null : value >= limit, since: null, measure: value ?? 0 };
}

function atOrAbove(limit: Exclude<Status, "unknown">, { group, partitions }: GroupSnapshot): Observed {
  const { status, statusPartitions } = group;
  if (status === "unknown" && partitions.every((each) => each.status === "unknown")) return nothingKnown;
  const rank = statuses.indexOf(status);
  const isBad = (each: Status) =>
    each !== "unknown" && each !== "ok" && statuses.indexOf(each) >= statuses.indexOf(limit);
  const bad = partitions.filter((each) => isBad(each.status));
  const worst = partitions.filter((each) => each.status === status);
  const lag = lagOf(worst);
  return {
    holds: isBad(status),
    heldBy: idsOf(bad),
    notKnown: partitions.flatMap(({ partitionId, status: each, lagState }): NotKnown[] =>
      each !== "unknown"
        ? []
        : [{ partitionId, isPassing: !["noCheckpoint", "unreadable", "ahead"].includes(lagState) }],
    ),
    since: null,
    // The lag orders causes within one status and never outweighs a status.
    measure: rank + lag / (lag + 1),
    summary:
      status === "unknown"
        ? nothingKnown.summary
        : reason("statusIs", {
            status,
            partitions: statusPartitions,
            partitionCount: partitions.length,
            ...unlessAll(idsOf(worst), partitions),
            lag,
          }),
  };
}

function lagOf(partitions: readonly GroupPartition[]): number {
  return partitions.reduce((sum, each) => sum + (each.lagIsUpperBound ? 0 : (each.lag ?? 0)), 0);
}

function unowned(limitSeconds: number, snapshot: GroupSnapshot, rememberedSince: UnownedSince): Observed {
  const { partitions, listedAt } = snapshot;
  if (!partitions.some(({ owner }) => owner !== null)) return { ...nothingKnown, holds: false };
  const idle = partitions.flatMap((partition) => {
    const told = unownedSince(partition, snapshot);
    const unowned =
      told === null ? rememberedSince(snapshot, partition.partitionId) : { since: told, isUpperBound: false };
    return unowned === null || listedAt - unowned.since < limitSeconds * 1000
      ? []
      : [{ id: partition.partitionId, ...unowned }];
  });
  const [first] = idle.toSorted((a, b) => a.since - b.since);
  if (first === undefined) return { ...nothingKnown, holds: false };
  return {
    holds: true,
    heldBy: null,
    notKnown: [],
    since: first.since,
    // Time orders causes with equally many partitions and never outweighs one.
    measure: idle.length + (1 - 1 / (1 + listedAt - first.since)),
    summary: reason("partitionsUnowned", {
      partitionIds: idle.map(({ id }) => id),
      unownedSeconds: (listedAt - first.since) / 1000,
      // An earlier one than the first may be among those that are not known exactly.
      isLowerBound: idle.some(({ isUpperBound }) => isUpperBound),
    }),
  };
}

/** Reads the ownership blob, so that the time survives a restart. Null: owned, or the blob does not tell. */
function unownedSince({ owner }: GroupPartition, snapshot: GroupSnapshot): EpochMs | null {
  if (owner === null || owner.state === "active" || hasLeases(snapshot)) return null;
  const { group } = snapshot;
  const renewedAt = Date.parse(owner.lastRenewedAt);
  return owner.state === "released" ? renewedAt : renewedAt + group.ownershipExpirationSeconds * 1000;
}

/** Holds when the hub's figures are older than the limit. Without any, time counts from the first failure. */
export function blind(
  { forSeconds }: AlertRule,
  limitSeconds: number,
  { eventHub }: HubSnapshot,
  now: EpochMs,
): ObservedFor {
  if (eventHub.error === null) return { ...nothingKnown, holds: false, forSeconds };
  const { code: errorCode, message: errorMessage } = eventHub.error;
  const summary = reason("figuresUnread", { errorCode, errorMessage });
  const ages = [eventHub, ...eventHub.checkpointStores]
    .filter(({ error }) => error !== null)
    .map(({ observedAt }) => (observedAt === null ? null : now - Date.parse(observedAt)));
  if (ages.includes(null)) {
    return {
      ...nothingKnown,
      holds: true,
      forSeconds: Math.max(forSeconds, limitSeconds),
      summary,
    };
  }
  const age = Math.max(...ages.filter((each) => each !== null));
  return {
    ...nothingKnown,
    holds: age >= limitSeconds * 1000,
    since: now - age,
    forSeconds,
    measure: age / 1000,
    summary,
  };
}
