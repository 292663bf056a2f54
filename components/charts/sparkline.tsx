import { memo } from "react";

export interface SparkPoint {
  at: number;
  value: number | null;
}

const width = 96;
const height = 22;

/** A null lifts the pen. A lone point becomes a dot: round caps draw one for a zero-length line. */
export function sparkPath(points: readonly SparkPoint[]): string {
  const known = points.filter((p) => p.value !== null);
  const [first] = known;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  const from = points[0]?.at ?? first.at;
  const span = Math.max(1, last.at - from);
  const top = Math.max(1, ...known.map((p) => p.value ?? 0));
  let pen = "M";
  return points
    .map(({ at, value }) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const x = 1 + ((at - from) / span) * (width - 2);
      const y = height - 2 - (value / top) * (height - 4);
      const step = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      const dot = pen === "M" ? "h0" : "";
      pen = "L";
      return step + dot;
    })
    .join("");
}

/** A small trend, drawn by hand: a chart library per row would weigh more than the page. */
export const Sparkline = memo(function Sparkline({
  points,
  color,
  label,
}: {
  points: readonly SparkPoint[];
  color: string;
  label: string;
}) {
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block overflow-visible"
    >
      <path
        d={sparkPath(points)}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
});
