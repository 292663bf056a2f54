import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import type { LagState } from "#lib/api/status.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { GroupSnapshot } from "#lib/monitor/snapshot.ts";
import { nothingKnown, type Observed } from "./observation.ts";

export function statusUnknown({ group, partitions }: GroupSnapshot): Observed {
  const unknown = partitions.filter(({ status }) => status === "unknown");
  return {
    ...nothingKnown,
    holds: group.status === "unknown",
    measure: unknown.length,
    heldBy: unknown.map(({ partitionId }) => partitionId),
    summary:
      group.status === "unknown"
        ? reason("statusNotKnown", { cause: group.statusCause })
        : nothingKnown.summary,
  };
}

/**
 * Holds when a partition is in one of the states. A partition that was not read may be, so it keeps an
 * incident open.
 */
export function inLagState(states: readonly LagState[], partitions: readonly GroupPartition[]): Observed {
  const held = partitions.filter(({ lagState }) => states.includes(lagState));
  const unread = partitions.filter((each) => each.lagState === "unknown" && !held.includes(each));
  const isAllUnread = unread.length > 0 && unread.length === partitions.length;
  const counted = states
    .map((state) => {
      const ids = held.filter(({ lagState }) => lagState === state).map(({ partitionId }) => partitionId);
      return {
        lagState: state,
        partitions: ids.length,
        ...(ids.length < partitions.length ? { partitionIds: ids } : {}),
      };
    })
    .filter(({ partitions: count }) => count > 0);
  return {
    ...nothingKnown,
    holds: held.length > 0 ? true : isAllUnread ? null : false,
    measure: held.length,
    heldBy: held.map(({ partitionId }) => partitionId),
    notKnown: unread.map(({ partitionId }) => ({ partitionId, isPassing: true })),
    summary: reason("lagStates", { states: counted }),
  };
}

export function goneFor(limitSeconds: number, group: ConsumerGroup, now: EpochMs): Observed {
  const since = group.goneSince === null ? null : Date.parse(group.goneSince);
  if (since === null) return { ...nothingKnown, holds: group.stale ? null : false };
  return {
    ...nothingKnown,
    holds: now - since >= limitSeconds * 1000,
    since,
    measure: 1,
    summary: reason("groupDeleted", { store: group.store, lastCheckpointAt: group.lastCheckpointAt }),
  };
}
