import {
  formatCount as countText,
  formatDuration as durationText,
  splitDuration,
} from "#lib/core/figures.ts";

export { plural } from "#lib/core/figures.ts";

/** What stands where a figure is not known. Never a zero. */
export const unknownMark = "—";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** `1,204,311`; null is the unknown mark. */
export function formatCount(count: number | null): string {
  return count === null ? unknownMark : countText(count);
}

/** The place of an event in its partition; -1, which stands where there never was one, is `none`. */
export function formatSequenceNumber(sequenceNumber: number | null): string {
  return sequenceNumber === -1 ? "none" : formatCount(sequenceNumber);
}

/** A lag in events, with `≤` where it is only an upper bound. */
export function formatLag(lag: number | null, isUpperBound: boolean): string {
  return lag !== null && isUpperBound && lag > 0 ? `≤ ${formatCount(lag)}` : formatCount(lag);
}

/** As for a sentence, and the unknown mark for null. */
export function formatDuration(seconds: number | null): string {
  return seconds === null || !Number.isFinite(seconds) ? unknownMark : durationText(seconds);
}

/** When events will be lost: `2 h 41 m`, or `now` where retention has come as far as the checkpoint. */
export function formatUntilLoss(seconds: number | null): string {
  return seconds === 0 ? "now" : formatDuration(seconds);
}

/** How far behind in time; `≥` where the dashboard has not watched for longer than that. */
export function formatBehind(seconds: number | null, isLowerBound: boolean): string {
  const text = formatDuration(seconds);
  if (seconds !== null && isLowerBound && seconds < 1) return seconds > 0 ? "> 0 s" : text;
  return seconds !== null && isLowerBound ? `≥ ${text}` : text;
}

/** How long ago, in its largest unit: `3 s ago`. Below a second, or ahead of the clock, `just now`. */
export function formatAge(at: string | null, now: number, never = unknownMark): string {
  if (at === null) return never;
  const seconds = (now - Date.parse(at)) / 1000;
  if (seconds < 1) return "just now";
  const [first] = splitDuration(seconds);
  return `${first} ago`;
}

/** Seconds between a wire time and `now`, never negative. */
export function secondsSince(at: string, now: number): number {
  return Math.max(0, (now - Date.parse(at)) / 1000);
}

/** Events per second: `812/s`, `0.4/s`, `< 0.1/s`. */
export function formatRate(perSecond: number | null): string {
  if (perSecond === null) return unknownMark;
  if (perSecond === 0) return "0/s";
  if (perSecond < 0.05) return "< 0.1/s";
  return perSecond < 10 ? `${tenths.format(perSecond)}/s` : `${grouped.format(perSecond)}/s`;
}

/** A share from 0 to 1 as `4 %`; above zero it never reads as `0 %`, below one never as `100 %`. */
export function formatShare(share: number | null): string {
  if (share === null) return unknownMark;
  if (share > 0 && share < 0.01) return "< 1 %";
  if (share < 1 && share > 0.99) return "> 99 %";
  return `${Math.round(share * 100)} %`;
}
