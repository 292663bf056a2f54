import { keepInCookie, readCookie } from "./cookie.ts";
import { createStore } from "./store.ts";

export const zoneCookie = "tidemark-zone";

export type Zone = "local" | "utc";

const named = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Browsers use two names of UTC. */
export const localZone = named === "Etc/UTC" ? "UTC" : named;

export function parseZone(value: string | undefined): Zone {
  return value === "utc" ? "utc" : "local";
}

export const chosenZone = createStore<Zone | null>(null);

export function chooseZone(zone: Zone): void {
  keepInCookie(zoneCookie, zone === "local" ? null : zone);
  chosenZone.set(zone);
}

export function zoneHere(): Zone {
  return chosenZone.get() ?? parseZone(readCookie(zoneCookie));
}
