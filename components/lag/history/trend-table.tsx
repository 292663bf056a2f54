import { explainedProps } from "#components/ui/explained.tsx";
import { formatCount } from "#lib/client/format/format.ts";
import { useTimes } from "#lib/client/format/use-times.ts";

interface Props {
  rows: readonly { at: number; value: number | null }[];
  height: number;
}

export function TrendTable({ rows, height }: Props) {
  const times = useTimes();
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label="Lag over the last hour"
      className="overflow-auto focus-visible:outline-offset-[-2px]"
      style={{ height }}
    >
      <table className="figures w-full text-work">
        <thead className="sticky top-0 bg-surface text-note text-muted">
          <tr>
            <th scope="col" className="h-8 px-4 text-left font-normal">
              <span {...explainedProps("column:history:at")}>Time ({times.zone})</span>
            </th>
            <th scope="col" className="h-8 px-4 text-right font-normal">
              <span {...explainedProps("column:history:lag")}>Lag</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ at, value }) => {
            const iso = new Date(at).toISOString();
            return (
              <tr key={at} className="border-t border-line">
                <td className="h-8 px-4">
                  <time dateTime={iso} data-at={iso}>
                    {times.stamp(at)}
                  </time>
                </td>
                <td className={`h-8 px-4 text-right ${value === null ? "text-faint" : ""}`}>
                  {value === null ? "not known" : formatCount(value)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
