import type { Overview } from "#lib/api/overview.ts";
import type { PageAction } from "#lib/client/browser/page-actions.ts";
import type { Theme } from "#lib/client/browser/theme.ts";
import type { Zone } from "#lib/client/browser/zone.ts";
import { storesMatter } from "#lib/client/lag/totals.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import type { Destination } from "./destinations.ts";
import type { GroupTab } from "./page-state.ts";
import {
  cleanupPath,
  consumerGroupPath,
  incidentsPath,
  moveGroupsPath,
  movePath,
  resetPath,
} from "./paths.ts";

export type Deed =
  | { kind: "pause" | "resume" | "refresh" }
  | { kind: "theme"; theme: Theme }
  | { kind: "zone"; zone: Zone }
  | { kind: "export"; address: GroupAddress }
  | { kind: "page"; run: () => void };

export interface PaletteAction extends Omit<Destination, "href" | "isPlain"> {
  id: string;
  deed: Deed;
}

const themes: readonly (readonly [Theme, string])[] = [
  ["light", "Light theme"],
  ["dark", "Dark theme"],
  ["system", "System theme"],
];

const zones: readonly (readonly [Zone, string])[] = [
  ["local", "Show local time"],
  ["utc", "Show UTC"],
];

export function pageActions(isPaused: boolean): PaletteAction[] {
  const live: PaletteAction = isPaused
    ? { id: "resume", kind: "action", name: "Resume live updates", what: "action", deed: { kind: "resume" } }
    : { id: "pause", kind: "action", name: "Pause live updates", what: "action", deed: { kind: "pause" } };
  return [
    live,
    { id: "refresh", kind: "action", name: "Refresh", what: "action", deed: { kind: "refresh" } },
    ...themes.map(([theme, name]) => ({
      id: `theme-${theme}`,
      kind: "action" as const,
      name,
      what: "action",
      deed: { kind: "theme" as const, theme },
    })),
    ...zones.map(([zone, name]) => ({
      id: `zone-${zone}`,
      kind: "action" as const,
      name,
      what: "action",
      deed: { kind: "zone" as const, zone },
    })),
  ];
}

/** What the shown page offers, each once: an event can be skipped where it is read too. */
export function actionsHere(offered: readonly PageAction[]): PaletteAction[] {
  const byName = new Map(offered.map((action) => [`${action.name} ${action.what}`, action]));
  return [...byName].map(([id, { name, what, run }]) => ({
    id: `here ${id}`,
    kind: "here" as const,
    name,
    what,
    deed: { kind: "page" as const, run },
  }));
}

const tabNames = [
  ["lag", "Lag history"],
  ["owners", "Owners"],
  ["activity", "Activity"],
] as const satisfies readonly (readonly [GroupTab, string])[];

/** The first tab is what the group itself leads to. */
export function groupTabPlaces(overview: Overview): Destination[] {
  const { rows, withStore } = groupRows(overview);
  return rows.flatMap(({ hubId: hub, group: { name, store } }) =>
    tabNames.map(([tab, word]) => ({
      kind: "tab" as const,
      name: `${word} of ${name}`,
      what: withStore ? `group of ${hub} in ${store}` : `group of ${hub}`,
      href: `${consumerGroupPath(hub, name, store)}&tab=${tab}`,
    })),
  );
}

function groupRows({ eventHubs }: Overview) {
  const rows = eventHubs.flatMap((hub) => hub.consumerGroups.map((group) => ({ hubId: hub.id, group })));
  return { rows, withStore: storesMatter(rows) };
}

export function groupActions(overview: Overview): (Destination | PaletteAction)[] {
  const { rows, withStore } = groupRows(overview);
  const ofHubs = overview.eventHubs.map(({ id }) => ({
    kind: "action" as const,
    name: `Move several groups of ${id}…`,
    what: "action",
    href: moveGroupsPath(id),
  }));
  const ofIncidents = {
    kind: "action" as const,
    name: "Acknowledge or silence an incident…",
    what: "action on the incidents",
    href: incidentsPath,
  };
  const ofGroups = rows.flatMap(({ hubId: hub, group: { name, store, stalledPartitions = 0 } }) => {
    const what = withStore ? `action on ${hub} in ${store}` : `action on ${hub}`;
    const address = { hub, group: name, store };
    const kind = "action" as const;
    const skip = {
      kind,
      name: `Skip the stalled event of ${name}…`,
      what,
      href: consumerGroupPath(hub, name, store),
    };
    return [
      ...(stalledPartitions > 0 ? [skip] : []),
      { kind, name: `Reset checkpoints of ${name}`, what, href: resetPath(hub, name, store) },
      { kind, name: `Move checkpoints of ${name}`, what, href: movePath(hub, name, store) },
      { kind, name: `Clean up blobs of ${name}`, what, href: cleanupPath(hub, name, store) },
      {
        id: `export ${JSON.stringify(address)}`,
        kind,
        name: `Export positions of ${name}`,
        what,
        deed: { kind: "export" as const, address },
      },
    ];
  });
  return [...ofHubs, ...ofGroups, ofIncidents];
}
