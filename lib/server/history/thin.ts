import type { TrendPoint } from "#lib/monitor/snapshot.ts";

/**
 * At most `count` points: of each run of neighbours the one with the largest lag, so that no peak is lost.
 * A run that holds a gap stays a gap, so that none is drawn over.
 */
export function thin(points: readonly TrendPoint[], count: number): TrendPoint[] {
  if (points.length <= count) {
    return [...points];
  }
  const size = Math.ceil(points.length / count);
  const thinned: TrendPoint[] = [];
  // Runs are laid from the newest point backwards, so that the live edge is always a whole run.
  for (let end = points.length; end > 0; end -= size) {
    const run = points.slice(Math.max(0, end - size), end);
    const chosen =
      run.find(({ lag }) => lag === null) ?? run.reduce((a, b) => ((b.lag ?? 0) > (a.lag ?? 0) ? b : a));
    thinned.unshift(chosen);
  }
  return thinned;
}
