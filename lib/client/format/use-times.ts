"use client";

import { createElement, type ReactNode, useSyncExternalStore } from "react";
import { chosenZone, zoneHere } from "#lib/client/browser/zone.ts";
import { type Times, timesIn } from "#lib/client/history/time-axis.ts";

/**
 * Moments in the zone that the reader chose. The server does not know the browser's own, so that it and the first
 * render in the browser, which must say the same, tell UTC.
 */
export function useTimes(): Times {
  return timesIn(useSyncExternalStore(chosenZone.subscribe, zoneHere, () => "utc" as const));
}

/** A moment in the chosen zone, its other forms a hover away. */
export function MomentText(props: {
  at: string;
  className?: string;
  form?: (times: Times, at: number) => ReactNode;
}) {
  const { at, className, form = (times, moment) => times.stamp(moment) } = props;
  const text = form(useTimes(), Date.parse(at));
  return createElement("time", { dateTime: at, "data-at": at, className }, text);
}
