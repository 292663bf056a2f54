"use client";

import { createElement, type ReactNode, useSyncExternalStore } from "react";
import { chosenZone, zoneHere } from "#lib/client/browser/zone.ts";
import { type Times, timesIn } from "#lib/client/history/time-axis.ts";

/**
 * Formats moments in the reader's zone. The server does not know the browser's zone, so it and the first
 * render, which must match, use UTC.
 */
export function useTimes(): Times {
  return timesIn(useSyncExternalStore(chosenZone.subscribe, zoneHere, () => "utc" as const));
}

export function MomentText(props: {
  at: string;
  className?: string;
  form?: (times: Times, at: number) => ReactNode;
}) {
  const { at, className, form = (times, moment) => times.stamp(moment) } = props;
  const text = form(useTimes(), Date.parse(at));
  return createElement("time", { dateTime: at, "data-at": at, className }, text);
}

export function ZonedMoment({ at, className }: { at: string; className?: string }) {
  const times = useTimes();
  const text = `${times.stamp(Date.parse(at))} ${times.zone}`;
  return createElement("time", { dateTime: at, "data-at": at, className }, text);
}

export function ZonedClock({ at, className }: { at: string; className?: string }) {
  const times = useTimes();
  const text = `${times.moment(Date.parse(at))} ${times.zone}`;
  return createElement("time", { dateTime: at, "data-at": at, className }, text);
}
