import { parseRanges } from "#lib/client/lag/partition-ranges.ts";

export interface LineChoice {
  kind: "sum" | "furthest" | "some";
  ids: string[];
  problems: string[];
}

export interface HistoryLines {
  partition?: string;
  partitions?: string;
}

export function readLines(text: string | null, known: readonly string[]): LineChoice {
  if (text === null) return { kind: "sum", ids: [], problems: [] };
  if (text === "top") return { kind: "furthest", ids: [], problems: [] };
  const { ids, problems } = parseRanges(text, known);
  return { kind: ids.length === 0 ? "sum" : "some", ids, problems };
}

export function linesToAsk({ kind, ids }: LineChoice, known: readonly string[]): HistoryLines {
  if (kind === "sum") return {};
  const [first] = ids;
  if (ids.length === 1 && first !== undefined) return { partition: first };
  return { partitions: kind === "furthest" || ids.length === known.length ? "all" : ids.join(",") };
}
