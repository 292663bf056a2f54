import { keepInCookie, readCookie } from "./cookie.ts";
import { createStore } from "./store.ts";

export const zoneCookie = "tidemark-zone";

/** Whose time the pages tell: this browser's or UTC. */
export type Zone = "local" | "utc";

/** The cookie's value as a zone; anything else is this browser's own. */
export function parseZone(value: string | undefined): Zone {
  return value === "utc" ? "utc" : "local";
}

/** What the reader chose in this tab; null: nothing since the page was loaded. */
export const chosenZone = createStore<Zone | null>(null);

/** Shows every time in a zone at once, and keeps it in a cookie. */
export function chooseZone(zone: Zone): void {
  keepInCookie(zoneCookie, zone === "local" ? null : zone);
  chosenZone.set(zone);
}

/** The zone that holds now. Only in a browser. */
export function zoneHere(): Zone {
  return chosenZone.get() ?? parseZone(readCookie(zoneCookie));
}
