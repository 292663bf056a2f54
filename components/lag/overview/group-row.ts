import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { Overview } from "#lib/api/overview.ts";
import type { Status } from "#lib/api/status.ts";
import { isAboutSameLag, keepUp } from "#lib/client/lag/about-same.ts";
import { shownChip, shownUrgency } from "#lib/client/lag/attention.ts";

export interface GroupRow {
  hubId: string;
  group: ConsumerGroup;
  trend: readonly { at: number; value: number | null }[];
}

export interface GroupFilter {
  q: string;
  status: readonly Status[];
  hub: readonly string[];
}

export function groupRowId({ hubId, group }: Pick<GroupRow, "hubId" | "group">): string {
  return [hubId, group.store, group.name].map(encodeURIComponent).join("/");
}

/** Among groups that are as urgent, the next column in the order is the lag. */
export function areGroupsAboutSame(a: Pick<GroupRow, "group">, b: Pick<GroupRow, "group">): boolean {
  if (shownUrgency(a.group) !== shownUrgency(b.group)) return false;
  const chips = [shownChip(a.group), shownChip(b.group)];
  return keepUp(...chips) || isAboutSameLag(a.group.totalLag, b.group.totalLag);
}

const noPoints: GroupRow["trend"] = [];

export function groupRows(overview: Overview): GroupRow[] {
  const trends = new Map(
    overview.trends.map(({ hub, store, consumerGroup, points }) => [
      [hub, store, consumerGroup].map(encodeURIComponent).join("/"),
      points.map(({ at, lag }) => ({ at: Date.parse(at), value: lag })),
    ]),
  );
  return overview.eventHubs.flatMap((hub) =>
    hub.consumerGroups.map((group) => {
      const row = { hubId: hub.id, group };
      return { ...row, trend: trends.get(groupRowId(row)) ?? noPoints };
    }),
  );
}

export function filterGroups(rows: readonly GroupRow[], { q, status, hub }: GroupFilter): GroupRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (status.length > 0 && !status.includes(shownChip(row.group).status)) return false;
    if (hub.length > 0 && !hub.includes(row.hubId)) return false;
    if (words.length === 0) return true;
    const text = [row.group.name, row.hubId, row.group.store, ...row.group.owners.map((o) => o.ownerId)]
      .join("\n")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
