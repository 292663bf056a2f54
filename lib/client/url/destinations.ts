import type { Overview } from "#lib/api/overview.ts";
import { storesMatter } from "#lib/client/lag/totals.ts";
import {
  activityPath,
  consumerGroupPath,
  diagnosisPath,
  eventHubPath,
  hubPartitionsPath,
  incidentsPath,
  overviewPath,
} from "./paths.ts";

export const destinationKinds = {
  page: "Pages",
  here: "On this page",
  group: "Consumer groups",
  hub: "Event hubs",
  file: "For other programs",
  action: "Actions",
  tab: "Tabs of consumer groups",
  help: "Help",
} as const;
type DestinationKind = keyof typeof destinationKinds;

export interface Destination {
  kind: DestinationKind;
  name: string;
  what: string;
  href: string;
  isPlain?: true;
}

/** All pages: groups first, since most people go there, texts for programs last. */
export function destinations(overview: Overview): Destination[] {
  const rows = overview.eventHubs.flatMap((hub) =>
    hub.consumerGroups.map((group) => ({ hubId: hub.id, group })),
  );
  const withStore = storesMatter(rows);
  return [
    { kind: "page", name: "All consumer groups", what: "overview", href: overviewPath },
    { kind: "page", name: "Incidents", what: "alerts", href: incidentsPath },
    { kind: "page", name: "Activity", what: "who did what", href: activityPath() },
    ...rows.map(({ hubId, group }) => ({
      kind: "group" as const,
      name: group.name,
      what: withStore ? `group of ${hubId} in ${group.store}` : `group of ${hubId}`,
      href: consumerGroupPath(hubId, group.name, group.store),
    })),
    ...overview.eventHubs.flatMap(({ id, fullyQualifiedNamespace }): Destination[] => [
      { kind: "hub", name: id, what: `event hub in ${fullyQualifiedNamespace}`, href: eventHubPath(id) },
      { kind: "hub", name: `Partitions of ${id}`, what: "event hub", href: hubPartitionsPath(id) },
      { kind: "hub", name: `Diagnosis of ${id}`, what: "event hub", href: diagnosisPath(id) },
    ]),
    { kind: "file", name: "Metrics", what: "for Prometheus", href: "/metrics", isPlain: true },
    {
      kind: "file",
      name: "Alert rules",
      what: "for Prometheus",
      href: "/prometheus-rules.yml",
      isPlain: true,
    },
    {
      kind: "file",
      name: "Grafana dashboard",
      what: "to import",
      href: "/grafana-dashboard.json",
      isPlain: true,
    },
  ];
}

/**
 * Matches every word of the query; names that begin with it come first, then those with its first word, the
 * help last.
 */
export function findDestinations<T extends Pick<Destination, "kind" | "name" | "what">>(
  all: readonly T[],
  query: string,
): T[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = all.filter(({ name, what }) => {
    const text = `${name} ${what}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (wanted === "") return found;
  const rank = ({ kind, name }: T) => {
    const begins = (start = "") => name.toLowerCase().startsWith(start);
    return (kind === "help" ? 3 : 0) + (begins(wanted) ? 0 : begins(words[0]) ? 1 : 2);
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

interface DestinationGroup<T> {
  kind: DestinationKind;
  items: T[];
}

/** Puts each kind under one heading, in the order of each kind's best match: the best of all stays first. */
export function byKind<T extends Pick<Destination, "kind">>(found: readonly T[]): DestinationGroup<T>[] {
  const groups = new Map<DestinationKind, T[]>();
  for (const item of found) groups.set(item.kind, [...(groups.get(item.kind) ?? []), item]);
  return [...groups].map(([kind, items]) => ({ kind, items }));
}
