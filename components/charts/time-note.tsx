import type { TimeRow, TimeSeries } from "./time-rows.ts";

const shownMarks = 4;

/** What a chart says of the step under the crosshair. */
export function TimeNote({
  row,
  series,
  formatValue,
  describeMoment,
}: {
  row: TimeRow | undefined;
  series: readonly TimeSeries[];
  formatValue: (value: number) => string;
  describeMoment: (at: number) => string;
}) {
  if (row === undefined) return null;
  const happened = [...row.notes, ...row.marks];
  return (
    <div className="figures max-w-72 rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-note">
      <dl className="grid grid-cols-[auto_1fr] gap-x-3">
        {series.map(({ name, color }, i) => {
          const value = row.values[i] ?? row.open[i] ?? null;
          return (
            <div key={name} className="contents">
              <dt className="flex items-center gap-1.5 text-muted">
                <span aria-hidden className="h-0.5 w-2.5 rounded" style={{ background: color }} />
                {name}
              </dt>
              <dd className="text-right font-semibold">
                {value === null ? "not known" : formatValue(value)}
              </dd>
            </div>
          );
        })}
      </dl>
      {happened.length === 0 ? null : (
        <ul className="mt-1 border-line border-t pt-1">
          {happened.slice(0, shownMarks).map((mark) => (
            <li key={mark}>{mark}</li>
          ))}
          {happened.length > shownMarks ? <li>and {happened.length - shownMarks} more</li> : null}
        </ul>
      )}
      <p className="mt-1 whitespace-pre-line text-muted">{describeMoment(row.at)}</p>
    </div>
  );
}
