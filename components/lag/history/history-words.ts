import { formatBehind, formatRate, plural, unknownMark } from "#lib/client/format/format.ts";
import type { HistoryRow } from "./history-rows.ts";

export function lagWords(rows: readonly HistoryRow[]): string {
  const known = rows.flatMap(({ lag }) => lag ?? []);
  const highest = rows.reduce<number | null>(
    (most, { lagMax }) => (lagMax === null ? most : Math.max(most ?? 0, lagMax)),
    null,
  );
  const last = known.at(-1);
  return last === undefined || highest === null
    ? (atMostWords(rows) ?? "Not known in this range.")
    : `At last ${plural(last, "event")}, at most ${plural(highest, "event")}.`;
}

export function atMostWords(rows: readonly HistoryRow[]): string | null {
  const bound = rows.findLast(({ atMost }) => atMost !== null)?.atMost ?? null;
  return bound === null ? null : `No checkpoint, so the lag is unknown: at most ${plural(bound, "event")}.`;
}

export function linesWords(rows: readonly HistoryRow[], lines: readonly { partitionId: string }[]): string {
  const words = lines.map(({ partitionId }, index) => {
    const last = rows.findLast((row) => row.lines[index] != null)?.lines[index] ?? null;
    return `partition ${partitionId} ${last === null ? "not known" : plural(last, "event")}`;
  });
  return `At last: ${words.join(", ")}.`;
}

export function behindWords(rows: readonly HistoryRow[]): string {
  const known = rows.flatMap(({ lagSeconds: seconds, lagSecondsIsLowerBound: isLowerBound }) =>
    seconds === null ? [] : [{ seconds, isLowerBound }],
  );
  const last = known.at(-1);
  if (last === undefined) return "Not known in this range.";
  const most = known.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  return `At last ${formatBehind(last.seconds, last.isLowerBound)}, longest ${formatBehind(most.seconds, most.isLowerBound)}.`;
}

export function rateWords(rows: readonly HistoryRow[]): string {
  const last = rows.findLast(({ eventsIn, eventsOut }) => eventsIn !== null || eventsOut !== null);
  const text = (rate: number | null) => (rate === null ? unknownMark : formatRate(rate));
  return last === undefined
    ? "Not known in this range."
    : `At last ${text(last.eventsIn)} in, ${text(last.eventsOut)} out.`;
}
