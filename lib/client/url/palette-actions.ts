import type { Overview } from "#lib/api/overview.ts";
import type { Theme } from "#lib/client/browser/theme.ts";
import type { Zone } from "#lib/client/browser/zone.ts";
import type { GroupAddress } from "#lib/client/http/queries.ts";
import { storesMatter } from "#lib/client/lag/totals.ts";
import type { Destination } from "./destinations.ts";
import { cleanupPath, movePath, resetPath } from "./paths.ts";

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
  ["system", "Theme of the system"],
];

const zones: readonly (readonly [Zone, string])[] = [
  ["local", "Times in local time"],
  ["utc", "Times in UTC"],
];

export function pageActions(isPaused: boolean): PaletteAction[] {
  const live: PaletteAction = isPaused
    ? { id: "resume", name: "Resume live updates", what: "action", deed: { kind: "resume" } }
    : { id: "pause", name: "Pause live updates", what: "action", deed: { kind: "pause" } };
  return [
    live,
    { id: "refresh", name: "Refresh", what: "action", deed: { kind: "refresh" } },
    ...themes.map(([theme, name]) => ({
      id: `theme-${theme}`,
      name,
      what: "action",
      deed: { kind: "theme" as const, theme },
    })),
    ...zones.map(([zone, name]) => ({
      id: `zone-${zone}`,
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
  return rows.flatMap(({ hubId: hub, group: { name, store } }) => {
    const what = withStore ? `action on ${hub} in ${store}` : `action on ${hub}`;
    const address = { hub, group: name, store };
    return [
      { name: `Reset checkpoints of ${name}`, what, href: resetPath(hub, name, store) },
      { name: `Move checkpoints of ${name}`, what, href: movePath(hub, name, store) },
      { name: `Clean up blobs of ${name}`, what, href: cleanupPath(hub, name, store) },
      {
        id: `export ${JSON.stringify(address)}`,
        name: `Export positions of ${name}`,
        what,
        deed: { kind: "export" as const, address },
      },
    ];
  });
}
