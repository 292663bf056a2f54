import type { EpochMs } from "#lib/core/time.ts";
import type { Times } from "./time-axis.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const rangePresets = ["15m", "1h", "6h", "24h", "7d"] as const;
export type RangePreset = (typeof rangePresets)[number];

const presetFacts: Record<RangePreset, { ms: number; label: string; name: string }> = {
  "15m": { ms: 15 * minuteMs, label: "15 m", name: "last 15 minutes" },
  "1h": { ms: hourMs, label: "1 h", name: "last hour" },
  "6h": { ms: 6 * hourMs, label: "6 h", name: "last 6 hours" },
  "24h": { ms: 24 * hourMs, label: "24 h", name: "last 24 hours" },
  "7d": { ms: 7 * 24 * hourMs, label: "7 d", name: "last 7 days" },
};

export const presetOptions = rangePresets.map((value) => ({ value, label: presetFacts[value].label }));

export interface RangeChoice {
  range: RangePreset;
  from: EpochMs | null;
  to: EpochMs | null;
}

export type TimeRange =
  | { kind: "last"; preset: RangePreset }
  | { kind: "since"; from: EpochMs }
  | { kind: "between"; from: EpochMs; to: EpochMs };

/** A reversed range, or an end without a start, counts as the preset. */
export function toTimeRange({ range, from, to }: RangeChoice): TimeRange {
  if (from !== null && to === null) return { kind: "since", from };
  if (from !== null && to !== null && from < to) return { kind: "between", from, to };
  return { kind: "last", preset: range };
}

export function isLiveRange(range: TimeRange): boolean {
  return range.kind !== "between";
}

/** The moments to ask for; `to` null means now. A start in the future gives the last minute. */
export function rangeMoments(range: TimeRange, now: EpochMs): { from: EpochMs; to: EpochMs | null } {
  if (range.kind === "last") return { from: now - presetFacts[range.preset].ms, to: null };
  if (range.kind === "since") return { from: Math.min(range.from, now - minuteMs), to: null };
  return { from: range.from, to: range.to };
}

export function rangeName(range: TimeRange, { full, span }: Pick<Times, "full" | "span">): string {
  if (range.kind === "last") return presetFacts[range.preset].name;
  if (range.kind === "since") return `since ${full(range.from)}`;
  return span(range.from, range.to);
}
