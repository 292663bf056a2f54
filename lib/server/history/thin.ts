import type { TrendPoint } from "#lib/monitor/snapshot.ts";

/**
 * Reduces points to `count`, keeping the largest lag of each run so that no peak is lost. A run with a gap
 * stays a gap.
 */
export function thin(points: readonly TrendPoint[], count: number): TrendPoint[] {
  if (points.length <= count) {
    return [...points];
  }
  const size = Math.ceil(points.length / count);
  const thinned: TrendPoint[] = [];
  // Runs count from the newest point, so that the live end is a whole run.
  for (let end = points.length; end > 0; end -= size) {
    const run = points.slice(Math.max(0, end - size), end);
    const chosen =
      run.find(({ lag }) => lag === null) ?? run.reduce((a, b) => ((b.lag ?? 0) > (a.lag ?? 0) ? b : a));
    thinned.unshift(chosen);
  }
  return thinned;
}
