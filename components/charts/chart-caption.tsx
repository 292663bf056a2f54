import type { TimeSeries } from "./time-rows.ts";

export function ChartCaption(props: {
  title: string;
  series: readonly TimeSeries[];
  scope: string | null;
  note: string | null;
}) {
  const { title, series, scope, note } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 pt-1.5 text-note text-muted">
      <h3 className="font-medium text-ink">{title}</h3>
      {series.map(({ name, color }) => (
        <span key={name} className="flex items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-3 rounded" style={{ background: color }} />
          {name}
        </span>
      ))}
      {scope === null ? null : <span className="sm:ml-auto">{scope}</span>}
      {note === null ? null : (
        <span className={`text-faint max-sm:hidden ${scope === null ? "ml-auto" : ""}`}>{note}</span>
      )}
    </div>
  );
}
