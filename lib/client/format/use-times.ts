"use client";

import { createElement, useSyncExternalStore } from "react";
import { chosenZone, zoneHere } from "#lib/client/browser/zone.ts";
import { type Times, timesIn } from "#lib/client/history/time-axis.ts";

/**
 * Formats moments in the reader's zone. The server does not know the browser's zone, so it and the first
 * render, which must match, use UTC.
 */
export function useTimes(): Times {
  return timesIn(useSyncExternalStore(chosenZone.subscribe, zoneHere, () => "utc" as const));
}

interface Props {
  at: string;
  className?: string;
}

export function ZonedMoment({ at, className }: Props) {
  const { full } = useTimes();
  return createElement("time", { dateTime: at, "data-at": at, className }, full(Date.parse(at)));
}

/** For a column that names the zone in its head. */
export function StampedMoment({ at, className }: Props) {
  const { stamp } = useTimes();
  return createElement("time", { dateTime: at, "data-at": at, className }, stamp(Date.parse(at)));
}
