import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import { groupStatus } from "./status.ts";

/** The one sum of groups' lags, for the wire and for pages. */
export interface LagSum {
  total: number | null;
  isUpperBound: boolean;
  groupsNotCounted: number;
  /** Of the groups that are counted. */
  partitionsNotCounted: number;
}

/**
 * Sums known group lags. Groups that never checkpointed are counted apart: their lag is the whole stream at most, and
 * nobody waits for that.
 */
export function sumOfGroups(groups: readonly ConsumerGroup[]): LagSum {
  const counted = groups.filter(({ totalLag, measuredLag }) => totalLag !== null && measuredLag !== null);
  return {
    total: counted.length === 0 ? null : cappedSum(counted.map(({ totalLag }) => totalLag ?? 0)),
    isUpperBound: counted.some(({ totalLagIsUpperBound }) => totalLagIsUpperBound),
    groupsNotCounted: groups.length - counted.length,
    partitionsNotCounted: cappedSum(counted.map(({ partitionsUnknown }) => partitionsUnknown)),
  };
}

export function hubTotals(
  groups: readonly ConsumerGroup[],
): Pick<
  EventHub,
  "totalLag" | "totalLagIsUpperBound" | "countedLag" | "groupsNotCounted" | "partitionsUnknown" | "status"
> {
  const here = groups.filter(({ goneSince }) => goneSince === null);
  const lags = here.map(({ totalLag }) => totalLag).filter((lag) => lag !== null);
  const { total: countedLag, groupsNotCounted } = sumOfGroups(here);
  return {
    totalLag: lags.length === 0 ? null : cappedSum(lags),
    totalLagIsUpperBound: here.some(({ totalLagIsUpperBound }) => totalLagIsUpperBound),
    countedLag,
    groupsNotCounted,
    partitionsUnknown: cappedSum(here.map(({ partitionsUnknown }) => partitionsUnknown)),
    status: groupStatus(here.filter(({ neverUsed }) => !neverUsed).map(({ status }) => status)),
  };
}

export function cappedSum(values: readonly number[]): number {
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    values.reduce((total, value) => total + value, 0),
  );
}
