import { parseRanges } from "#lib/client/lag/partition-ranges.ts";

/** Whose history a page shows: the sum over all partitions, those furthest behind, or some by themselves. */
export interface LineChoice {
  kind: "sum" | "furthest" | "some";
  /** Of `some`, in the hub's order. */
  ids: string[];
  /** What of the address names no partition of this group, in sentences. */
  problems: string[];
}

/** What the API is asked for: one partition in the sum's place, or several beside the sum. */
export interface HistoryLines {
  partition?: string;
  partitions?: string;
}

/** `text` as it stands in the address: null, `top`, or partitions as ranges. */
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
