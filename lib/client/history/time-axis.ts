import type { Zone } from "#lib/client/browser/zone.ts";
import type { EpochMs } from "#lib/core/time.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Distances that a person reads off an axis. */
export const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((s) => s * 1000),
  ...[1, 2, 5, 10, 15, 30].map((m) => m * minuteMs),
  ...[1, 2, 3, 6, 12].map((h) => h * hourMs),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((d) => d * dayMs),
];

const two = (n: number) => String(n).padStart(2, "0");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** How moments of one zone are written. */
export interface Times {
  /** What the zone is called: `UTC`, `Europe/Berlin`. */
  zone: string;
  /** For a table: `2026-11-22 14:30:15`. */
  stamp: (at: EpochMs) => string;
  /** For a file, to the millisecond and with the offset: `2026-11-22T14:30:15.000+01:00`, in UTC with a `Z`. */
  iso: (at: EpochMs) => string;
  /** For a sentence: `22 Nov 14:30:15`. */
  moment: (at: EpochMs) => string;
  /** As short as it may be: `14:30`, at midnight `22 Nov`, off the minute `14:30:15`. */
  tick: (at: EpochMs) => string;
  /** Round moments of the zone's own day within a range, at most `most` of them. */
  ticks: (from: EpochMs, to: EpochMs, most: number) => EpochMs[];
  /** The form of an `<input type="datetime-local">`. */
  toInput: (at: EpochMs) => string;
  /** Null where such a field is empty or half filled in. */
  fromInput: (text: string) => EpochMs | null;
}

function isoOffset(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / minuteMs;
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * @param suffix what a text of `datetime-local` needs behind it to be read as one of this zone
 * @param offsetMs how far the zone is off UTC at a moment
 */
function timesOf(zone: string, suffix: "Z" | "", offsetMs: (at: EpochMs) => number): Times {
  // The UTC fields of this date read as the zone's own.
  const inZone = (at: EpochMs) => new Date(at + offsetMs(at));
  const clock = (date: Date) => date.toISOString().slice(11, 19);
  const day = (date: Date) => `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  return {
    zone,
    stamp: (at) => inZone(at).toISOString().slice(0, 19).replace("T", " "),
    iso: (at) =>
      inZone(at)
        .toISOString()
        .replace("Z", suffix === "Z" ? "Z" : isoOffset(offsetMs(at))),
    toInput: (at) => inZone(at).toISOString().slice(0, 19),
    fromInput: (text) => {
      const at = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text}${suffix}`) : Number.NaN;
      return Number.isNaN(at) ? null : at;
    },
    moment: (at) => `${day(inZone(at))} ${clock(inZone(at))}`,
    tick: (at) => {
      const date = inZone(at);
      const text = clock(date);
      if (text === "00:00:00") return day(date);
      return text.endsWith(":00") ? text.slice(0, 5) : text;
    },
    ticks: (from, to, most) => {
      if (to <= from) return [];
      const stepMs = timeSteps.find((step) => (to - from) / step <= most) ?? to - from;
      // Zones are whole minutes off UTC, so below a minute the offset changes nothing.
      const offset = offsetMs(from);
      const first = Math.ceil((from + offset) / stepMs) * stepMs - offset;
      const count = Math.max(0, Math.floor((to - first) / stepMs) + 1);
      return Array.from({ length: count }, (_, i) => first + i * stepMs);
    },
  };
}

const named = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const utcTimes = timesOf("UTC", "Z", () => 0);
/** Of this browser's zone. */
export const localTimes = timesOf(
  // Browsers on the same zone call it by either name.
  named === "Etc/UTC" ? "UTC" : named,
  "",
  (at) => -new Date(at).getTimezoneOffset() * minuteMs,
);

export function timesIn(zone: Zone): Times {
  return zone === "utc" ? utcTimes : localTimes;
}

/** Of an input in local time. */
export const { toInput: toInputTime, fromInput: fromInputTime } = localTimes;
