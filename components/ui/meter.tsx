import { clsx } from "clsx";

/**
 * A figure with a bar. A logarithmic scale keeps one group a million behind from hiding all others. `share`
 * is 0 to 1; null draws no bar. On a bar `faint` does not apply: its contrast is too low there.
 */
export function Meter({
  text,
  share,
  faint = false,
}: {
  text: string;
  share: number | null;
  faint?: boolean;
}) {
  const isDrawn = share !== null && share > 0;
  return (
    <span className="figures relative flex h-5 items-center justify-end">
      {!isDrawn ? null : (
        <span
          aria-hidden
          className="absolute inset-y-[3px] right-0 rounded-[2px] bg-bar"
          style={{ width: `${Math.max(1.5, share * 100).toFixed(1)}%` }}
        />
      )}
      <span className={clsx("relative pr-1.5", faint && !isDrawn ? "text-faint" : "text-ink")}>{text}</span>
    </span>
  );
}

export function logShare(count: number | null, largest: number): number | null {
  if (count === null || largest <= 0) return null;
  return Math.log1p(Math.max(0, count)) / Math.log1p(largest);
}
