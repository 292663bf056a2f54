import type { EpochMs } from "#lib/core/time.ts";
import { localClock } from "./moment.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Distances that a person reads off an axis. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((s) => s * 1000),
  ...[1, 2, 5, 10, 15, 30].map((m) => m * minuteMs),
  ...[1, 2, 3, 6, 12].map((h) => h * hourMs),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((d) => d * dayMs),
];

const two = (n: number) => String(n).padStart(2, "0");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Round moments of this browser's own day within a range, at most `most` of them. */
export function timeTicks(from: EpochMs, to: EpochMs, most: number): EpochMs[] {
  if (to <= from) return [];
  const stepMs = steps.find((step) => (to - from) / step <= most) ?? to - from;
  // Zones are whole minutes off UTC, so below a minute the offset changes nothing.
  const offsetMs = -new Date(from).getTimezoneOffset() * minuteMs;
  const first = Math.ceil((from + offsetMs) / stepMs) * stepMs - offsetMs;
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / stepMs) + 1) },
    (_, i) => first + i * stepMs,
  );
}

/** A tick as short as it may be: `14:30`, at midnight `22 Nov`, off the minute `14:30:15`. */
export function tickText(at: EpochMs): string {
  const date = new Date(at);
  if (date.getSeconds() !== 0) return `${localClock(at)}:${two(date.getSeconds())}`;
  return date.getHours() === 0 && date.getMinutes() === 0 ? dayText(date) : localClock(at);
}

/** A moment in this browser's zone, for a sentence: `22 Nov 14:30:15`. */
export function localMoment(at: EpochMs): string {
  const date = new Date(at);
  return `${dayText(date)} ${localClock(at)}:${two(date.getSeconds())}`;
}

function dayText(date: Date): string {
  return `${date.getDate()} ${months[date.getMonth()]}`;
}

/** The form of an `<input type="datetime-local">`, in this browser's zone. */
export function toInputTime(at: EpochMs): string {
  const date = new Date(at);
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${localClock(at)}:${two(date.getSeconds())}`;
}

/** Null where the field is empty or half filled in. */
export function fromInputTime(text: string): EpochMs | null {
  const at = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
