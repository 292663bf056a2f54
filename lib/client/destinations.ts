import type { Overview } from "#lib/api/overview.ts";
import {
  consumerGroupPath,
  diagnosisPath,
  eventHubPath,
  hubPartitionsPath,
  incidentsPath,
  overviewPath,
} from "./paths.ts";
import { storesMatter } from "./totals.ts";

export interface Destination {
  name: string;
  /** What it is, in grey. */
  what: string;
  href: string;
}

/** Every page of the dashboard: groups first, since most go there. */
export function destinations(overview: Overview): Destination[] {
  const rows = overview.eventHubs.flatMap((hub) =>
    hub.consumerGroups.map((group) => ({ hubId: hub.id, group })),
  );
  const withStore = storesMatter(rows);
  return [
    { name: "All consumer groups", what: "overview", href: overviewPath },
    { name: "Incidents", what: "alerts", href: incidentsPath },
    ...rows.map(({ hubId, group }) => ({
      name: group.name,
      what: withStore ? `group of ${hubId} in ${group.store}` : `group of ${hubId}`,
      href: consumerGroupPath(hubId, group.name, group.store),
    })),
    ...overview.eventHubs.flatMap(({ id, fullyQualifiedNamespace }) => [
      { name: id, what: `event hub in ${fullyQualifiedNamespace}`, href: eventHubPath(id) },
      { name: `Partitions of ${id}`, what: "event hub", href: hubPartitionsPath(id) },
      { name: `Diagnosis of ${id}`, what: "event hub", href: diagnosisPath(id) },
    ]),
  ];
}

/** Those with every word of the query; a name that begins with the query comes first. */
export function findDestinations(all: readonly Destination[], query: string): Destination[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = all.filter(({ name, what }) => {
    const text = `${name} ${what}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (wanted === "") return found;
  const rank = (d: Destination) => (d.name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b));
}
