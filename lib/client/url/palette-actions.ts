import type { Overview } from "#lib/api/overview.ts";
import type { Theme } from "#lib/client/browser/theme.ts";
import type { Zone } from "#lib/client/browser/zone.ts";
import { storesMatter } from "#lib/client/lag/totals.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import type { Destination } from "./destinations.ts";
import { cleanupPath, moveGroupsPath, movePath, resetPath } from "./paths.ts";

export type Deed =
  | { kind: "pause" | "resume" | "refresh" }
  | { kind: "theme"; theme: Theme }
  | { kind: "zone"; zone: Zone }
  | { kind: "export"; address: GroupAddress };

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

export function groupActions(overview: Overview): (Destination | PaletteAction)[] {
  const rows = overview.eventHubs.flatMap((hub) =>
    hub.consumerGroups.map((group) => ({ hubId: hub.id, group })),
  );
  const withStore = storesMatter(rows);
  const ofHubs = overview.eventHubs.map(({ id }) => ({
    kind: "action" as const,
    name: `Move several groups of ${id}…`,
    what: "action",
    href: moveGroupsPath(id),
  }));
  const ofGroups = rows.flatMap(({ hubId: hub, group: { name, store } }) => {
    const what = withStore ? `action on ${hub} in ${store}` : `action on ${hub}`;
    const address = { hub, group: name, store };
    const kind = "action" as const;
    return [
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
  return [...ofHubs, ...ofGroups];
}
