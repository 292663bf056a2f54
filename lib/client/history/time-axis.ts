import { localZone, type Zone } from "#lib/client/browser/zone.ts";
import type { EpochMs } from "#lib/core/time.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((s) => s * 1000),
  ...[1, 2, 5, 10, 15, 30].map((m) => m * minuteMs),
  ...[1, 2, 3, 6, 12].map((h) => h * hourMs),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((d) => d * dayMs),
];

const two = (n: number) => String(n).padStart(2, "0");

/**
 * `stamp` is for places that name the zone: `2026-11-22 14:30:15`. `full` names it: `2026-11-22 14:30:15 UTC`,
 * and so does `span`, which tells the day once: `2026-11-22 14:30:15 to 15:30:15 UTC`. `iso` is for files:
 * `2026-11-22T14:30:15.000+01:00`; UTC has a `Z`. `tick` is as short as possible: `14:30`, at midnight `11-22`,
 * off the minute `14:30:15`. `ticks` gives at most `most` round moments of the zone's day.
 */
export interface Times {
  zone: string;
  stamp: (at: EpochMs) => string;
  iso: (at: EpochMs) => string;
  full: (at: EpochMs) => string;
  span: (from: EpochMs, to: EpochMs) => string;
  tick: (at: EpochMs) => string;
  ticks: (from: EpochMs, to: EpochMs, most: number) => EpochMs[];
  toInput: (at: EpochMs) => string;
  fromInput: (text: string) => EpochMs | null;
}

function isoOffset(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / minuteMs;
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * @param suffix what makes `datetime-local` text parse in this zone
 * @param offsetMs the zone's offset from UTC at a moment
 */
function timesOf(zone: string, suffix: "Z" | "", offsetMs: (at: EpochMs) => number): Times {
  const inZone = (at: EpochMs) => new Date(at + offsetMs(at));
  const clock = (date: Date) => date.toISOString().slice(11, 19);
  const stamp = (at: EpochMs) => inZone(at).toISOString().slice(0, 19).replace("T", " ");
  const day = (at: EpochMs) => stamp(at).slice(0, "2026-11-22".length);
  return {
    zone,
    stamp,
    full: (at) => `${stamp(at)} ${zone}`,
    span: (from, to) => `${stamp(from)} to ${day(from) === day(to) ? clock(inZone(to)) : stamp(to)} ${zone}`,
    iso: (at) =>
      inZone(at)
        .toISOString()
        .replace("Z", suffix === "Z" ? "Z" : isoOffset(offsetMs(at))),
    toInput: (at) => inZone(at).toISOString().slice(0, 19),
    fromInput: (text) => {
      const at = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text}${suffix}`) : Number.NaN;
      return Number.isNaN(at) ? null : at;
    },
    tick: (at) => {
      const text = clock(inZone(at));
      if (text === "00:00:00") return day(at).slice("2026-".length);
      return text.endsWith(":00") ? text.slice(0, 5) : text;
    },
    ticks: (from, to, most) => {
      if (to <= from) return [];
      const stepMs = timeSteps.find((step) => (to - from) / step <= most) ?? to - from;
      // Offsets are whole minutes, so smaller steps ignore them.
      const offset = offsetMs(from);
      const first = Math.ceil((from + offset) / stepMs) * stepMs - offset;
      const count = Math.max(0, Math.floor((to - first) / stepMs) + 1);
      return Array.from({ length: count }, (_, i) => first + i * stepMs);
    },
  };
}

export const utcTimes = timesOf("UTC", "Z", () => 0);
export const localTimes = timesOf(localZone, "", (at) => -new Date(at).getTimezoneOffset() * minuteMs);

export function timesIn(zone: Zone): Times {
  return zone === "utc" ? utcTimes : localTimes;
}
