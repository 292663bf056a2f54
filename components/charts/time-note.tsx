import { useMarkBins } from "./time-marks.tsx";
import type { TimeRow, TimeSeries } from "./time-rows.ts";

const shownMarks = 4;

interface Props {
  row: TimeRow | undefined;
  rows: readonly TimeRow[];
  series: readonly TimeSeries[];
  formatValue: (value: number, row: TimeRow) => string;
  countMarks: (count: number) => string;
  describeStep: (row: TimeRow) => string;
}

export function TimeNote({ row, rows, series, formatValue, countMarks, describeStep }: Props) {
  const bins = useMarkBins(rows);
  if (row === undefined) return null;
  const marks = bins.find(({ from, to }) => row.from >= from && row.from < to)?.marks ?? [];
  const hidden = marks.length - shownMarks;
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
                {value === null ? "not known" : formatValue(value, row)}
              </dd>
            </div>
          );
        })}
      </dl>
      {row.notes.length + marks.length === 0 ? null : (
        <ul className="mt-1 border-line border-t pt-1">
          {row.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
          {marks.length > 1 ? <li className="font-semibold">{countMarks(marks.length)}</li> : null}
          {marks.slice(0, shownMarks).map((mark, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what happens twice in a row reads the same.
            <li key={i}>{mark}</li>
          ))}
          {hidden > 0 ? <li>and {hidden} more</li> : null}
        </ul>
      )}
      <p className="mt-1 whitespace-pre-line text-muted">{describeStep(row)}</p>
    </div>
  );
}
