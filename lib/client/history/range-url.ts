import { showText } from "#lib/client/format/foreign-text.ts";
import { parseAsMoment } from "#lib/client/url/page-state.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { rangePresets, type TimeRange, toTimeRange } from "./time-range.ts";

export interface RangeTexts {
  range: string | null;
  from: string | null;
  to: string | null;
}

export interface RangeRead {
  range: TimeRange;
  /** Why it can't be used, without full stop. Null: fine, or empty. */
  problem: string | null;
  isUnset: boolean;
}

export function readRange(texts: RangeTexts, first: TimeRange): RangeRead {
  const { range, from, to } = texts;
  const moments = { from: momentOf(from), to: momentOf(to) };
  const preset = rangePresets.find((one) => one === range);
  const isUnset = range === null && from === null && to === null;
  const problem = problemOf(texts, moments, preset !== undefined);
  if (isUnset || problem !== null) return { range: first, problem, isUnset };
  return { range: toTimeRange({ range: preset ?? "1h", ...moments }), problem, isUnset };
}

function momentOf(text: string | null): EpochMs | null {
  return text === null ? null : parseAsMoment.parse(text);
}

function problemOf(
  texts: RangeTexts,
  { from, to }: { from: EpochMs | null; to: EpochMs | null },
  isPreset: boolean,
): string | null {
  if (texts.from !== null && from === null) return `${quoted(texts.from)} is no moment`;
  if (texts.to !== null && to === null) return `${quoted(texts.to)} is no moment`;
  if (from === null && to !== null) return "it has an end and no start";
  if (from !== null && to !== null && from >= to) return "its end does not lie after its start";
  if (from === null && texts.range !== null && !isPreset) return `${quoted(texts.range)} is no range`;
  return null;
}

function quoted(text: string): string {
  return `“${showText(text.slice(0, 40))}”`;
}
