import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import type { Status } from "#lib/api/status.ts";
import { type LagSum, sumOfGroups } from "#lib/lag/hub-totals.ts";
import { unownedPartitions } from "./held-partitions.ts";

export interface HubGroup {
  hubId: string;
  group: ConsumerGroup;
}

export interface EventsBehind extends Omit<LagSum, "isUpperBound"> {
  /** `≥`: partitions are missing; `≤`: some lags are upper bounds; `≈`: both. */
  bound: "" | "≥" | "≤" | "≈";
}

export function eventsBehind(groups: readonly ConsumerGroup[]): EventsBehind {
  const { isUpperBound: upper, ...sum } = sumOfGroups(groups);
  const lower = sum.partitionsNotCounted > 0;
  return { ...sum, bound: lower && upper ? "≈" : lower ? "≥" : upper ? "≤" : "" };
}

export function largest<T>(items: readonly T[], value: (item: T) => number | null): T | null {
  let best: T | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const size = value(item);
    if (size !== null && size > most) {
      best = item;
      most = size;
    }
  }
  return best;
}

export function sumKnown(values: readonly (number | null)[]): { total: number | null; unknown: number } {
  const known = values.filter((value) => value !== null);
  return {
    total: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0),
    unknown: values.length - known.length,
  };
}

export function countStatuses(statuses: readonly Status[]): Map<Status, number> {
  const counts = new Map<Status, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

export interface OwnerFigures {
  owners: number;
  /** Partitions without an owner in groups that have one; a group that nobody runs is no gap. */
  unowned: number;
}

export function ownerFigures(groups: readonly ConsumerGroup[]): OwnerFigures {
  let unowned = 0;
  let owners = 0;
  for (const group of groups) {
    owners += group.owners.length;
    if (group.ownedPartitions > 0) unowned += unownedPartitions(group) ?? 0;
  }
  return { owners, unowned };
}

export function storesMatter(groups: readonly HubGroup[]): boolean {
  const seen = new Set<string>();
  return groups.some(({ hubId, group }) => {
    const name = `${hubId}\n${group.name.toLowerCase()}`;
    const twice = seen.has(name);
    seen.add(name);
    return twice;
  });
}

export function newestReading(hubs: readonly Pick<EventHub, "observedAt">[]): string | null {
  return largest(
    hubs.map((hub) => hub.observedAt),
    (at) => (at === null ? null : Date.parse(at)),
  );
}
