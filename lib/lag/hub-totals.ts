import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import { groupStatus } from "./status.ts";

export function hubTotals(
  groups: readonly ConsumerGroup[],
): Pick<EventHub, "totalLag" | "totalLagIsUpperBound" | "partitionsUnknown" | "status"> {
  const lags = groups.map(({ totalLag }) => totalLag).filter((lag) => lag !== null);
  return {
    totalLag: lags.length === 0 ? null : cappedSum(lags),
    totalLagIsUpperBound: groups.some(({ totalLagIsUpperBound }) => totalLagIsUpperBound),
    partitionsUnknown: cappedSum(groups.map(({ partitionsUnknown }) => partitionsUnknown)),
    status: groupStatus(
      groups
        .filter(({ neverUsed, goneSince }) => !neverUsed && goneSince === null)
        .map(({ status }) => status),
    ),
  };
}

export function cappedSum(values: readonly number[]): number {
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    values.reduce((total, value) => total + value, 0),
  );
}
