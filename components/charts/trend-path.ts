interface Point {
  x: number;
  y: number | null;
}

/**
 * The paths of a line and of the area between it and `foot`, in whole steps from point to point, since they
 * are part of the page. A null lifts the pen. A lone point has a line of no length, whose round caps show.
 */
export function trendPath(points: readonly Point[], foot: number): { line: string; area: string } {
  let line = "";
  let area = "";
  let last: { x: number; y: number } | null = null;
  const close = () => {
    if (last !== null) area += `V${foot}Z`;
    last = null;
  };
  for (const point of points) {
    if (point.y === null) {
      close();
      continue;
    }
    const [x, y] = [Math.round(point.x), Math.round(point.y)];
    if (last === null) {
      line += `M${x} ${y}h0`;
      area += `M${x} ${foot}V${y}`;
    } else {
      const step = `l${x - last.x} ${y - last.y}`;
      line += step;
      area += step;
    }
    last = { x, y };
  }
  close();
  return { line, area };
}
