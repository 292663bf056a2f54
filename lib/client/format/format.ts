import {
  formatCount as countText,
  formatDuration as durationText,
  splitDuration,
} from "#lib/core/figures.ts";

export { formatAgo, plural } from "#lib/core/figures.ts";

/** Shown for an unknown figure. Never a zero. */
export const unknownMark = "—";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

export function formatCount(count: number | null): string {
  return count === null ? unknownMark : countText(count);
}

export function formatSequenceNumber(sequenceNumber: number | null): string {
  return sequenceNumber === -1 ? "none" : formatCount(sequenceNumber);
}

export function formatLag(lag: number | null, isUpperBound: boolean): string {
  return lag !== null && isUpperBound && lag > 0 ? `≤ ${formatCount(lag)}` : formatCount(lag);
}

export function formatDuration(seconds: number | null): string {
  return seconds === null || !Number.isFinite(seconds) ? unknownMark : durationText(seconds);
}

export function formatUntilLoss(seconds: number | null): string {
  return seconds === 0 ? "now" : formatDuration(seconds);
}

/** Formats a time lag, with `≥` when it may be longer than the dashboard has watched. */
export function formatBehind(seconds: number | null, isLowerBound: boolean): string {
  const text = formatDuration(seconds);
  if (seconds !== null && isLowerBound && seconds < 1) return seconds > 0 ? "> 0 s" : text;
  return seconds !== null && isLowerBound ? `≥ ${text}` : text;
}

export function formatAge(at: string | null, now: number, never = unknownMark): string {
  if (at === null) return never;
  const seconds = (now - Date.parse(at)) / 1000;
  if (seconds < 1) return "just now";
  const [first] = splitDuration(seconds);
  return `${first} ago`;
}

export function secondsSince(at: string, now: number): number {
  return Math.max(0, (now - Date.parse(at)) / 1000);
}

export function formatRate(perSecond: number | null): string {
  if (perSecond === null) return unknownMark;
  if (perSecond === 0) return "0/s";
  if (perSecond < 0.05) return "< 0.1/s";
  return perSecond < 10 ? `${tenths.format(perSecond)}/s` : `${grouped.format(perSecond)}/s`;
}

export function formatShare(share: number | null): string {
  if (share === null) return unknownMark;
  if (share > 0 && share < 0.01) return "< 1 %";
  if (share < 1 && share > 0.99) return "> 99 %";
  return `${Math.round(share * 100)} %`;
}
