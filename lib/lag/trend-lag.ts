/** Points or samples this near must count as many partitions. */
const near = 3;

/** `partitionsUnknown`, `partitionsBounded`: what the lag leaves out. Absent: nothing, or a gap. */
export interface LinePoint {
  lag: number | null;
  partitionsUnknown?: number | null | undefined;
  partitionsBounded?: number | null | undefined;
}

/** `isStart`: nothing was recorded before the first point. `isLive`: more points follow. */
export interface LineEdges {
  isStart: boolean;
  isLive: boolean;
}

const liveLine: LineEdges = { isStart: true, isLive: true };

/**
 * Makes a gap of sums that would read as a jump (lib/lag/README.md#lag): those that lack partitions which the
 * refreshes next to them know, and a line's start until all partitions are measured, or no more come.
 * @param points oldest first
 */
export function wholeLags<Point extends LinePoint>(points: readonly Point[], edges = liveLine): Point[] {
  const begin = beginOf(points, edges);
  return points.map((point, index) =>
    point.lag === null || (index >= begin && !isTorn(points, index)) ? point : { ...point, lag: null },
  );
}

function beginOf(points: readonly LinePoint[], { isStart, isLive }: LineEdges): number {
  const first = points.findIndex(({ lag }) => lag !== null);
  if (first < 0 || (first === 0 && !isStart)) return 0;
  let begin = first;
  let least = leftOut(points[first]);
  for (let next = first + 1; next < points.length && next <= begin + near; next += 1) {
    const point = points[next];
    if (point === undefined || point.lag === null || leftOut(point) >= least) continue;
    begin = next;
    least = leftOut(point);
  }
  const mayFollow = isLive && least > 0 && points.length - begin <= near;
  return mayFollow ? points.length : begin;
}

/** Bounds don't tear a line: a partition's first checkpoint may come at any time. */
function isTorn(points: readonly LinePoint[], index: number): boolean {
  const unknown = points[index]?.partitionsUnknown ?? 0;
  return (
    unknown > 0 &&
    points
      .slice(Math.max(0, index - near), index + near + 1)
      .some(({ lag, partitionsUnknown }) => lag !== null && (partitionsUnknown ?? 0) < unknown)
  );
}

const leftOut = (point: LinePoint | undefined): number =>
  (point?.partitionsUnknown ?? 0) + (point?.partitionsBounded ?? 0);
