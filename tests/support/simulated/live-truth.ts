import type { ResetEntry } from "#lib/api/resets.ts";
import type { Read } from "#tests/support/recording-processor.ts";

/**
 * The verdict of the processors' own records on a partition that was reset. Resumed means that somebody began
 * at exactly the next event, and that no later one was left out.
 */
export type Truth = { truth: "resumed" } | { truth: "not resumed" | "skipped"; told: string };

/**
 * Compares a partition's result with what processors have read since the reset began. A session counts as new
 * when its first read is at or after that time.
 * @param next the event expected next
 * @param end the last event once everything had come to rest
 */
export function truthOf(
  reads: readonly Read[],
  partitionId: string,
  next: number,
  end: number,
  since: number,
): Truth {
  const sessions = new Map<string, Read[]>();
  for (const read of reads) {
    if (read.partitionId !== partitionId) continue;
    const key = `${read.ownerId} ${read.session}`;
    sessions.set(key, [...(sessions.get(key) ?? []), read]);
  }
  const fresh = [...sessions.values()].filter(([first]) => (first?.at ?? 0) >= since);
  const told = fresh
    .map(
      (session) =>
        `${session[0]?.ownerId}: ${session.map(({ first, last }) => `${first}-${last}`).join(" ")}`,
    )
    .join("; ")
    .slice(0, 2_000);
  if (next > end) return { truth: "resumed" };
  if (!fresh.some(([first]) => first?.first === next)) return { truth: "not resumed", told };
  let reached = next - 1;
  for (const { first, last } of fresh.flat().toSorted((a, b) => a.first - b.first)) {
    if (first > reached + 1) break;
    reached = Math.max(reached, last);
  }
  return reached >= end
    ? { truth: "resumed" }
    : { truth: "skipped", told: `up to ${reached} of ${end}: ${told}` };
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

export function withoutReader(entries: readonly ResetEntry[]): number[] {
  return entries.flatMap(({ live }) =>
    live?.withoutReaderSeconds == null ? [] : [live.withoutReaderSeconds],
  );
}

export function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
