import type { PlainColumn } from "#components/ui/table/table-model.ts";
import { formatLag, plural, unknownMark } from "#lib/client/format/format.ts";
import { formatRanges } from "#lib/core/figures.ts";
import type { OwnerShare } from "#lib/ownership/owner-shares.ts";
import type { OwnerLoad } from "./owner-loads.ts";

export function loadColumns(loads: ReadonlyMap<string, OwnerLoad>): PlainColumn<OwnerShare>[] {
  const loadOf = ({ ownerId }: OwnerShare) => loads.get(ownerId);
  const ranges = (share: OwnerShare) => formatRanges(loadOf(share)?.partitionIds ?? []);
  return [
    {
      id: "partitions",
      label: "Which",
      csvLabel: "Which partitions",
      width: 190,
      grows: true,
      cell: (share) => {
        const text = ranges(share);
        return (
          <span
            className="block truncate font-mono text-muted text-note"
            {...(text ? { "data-tip": text } : {})}
          >
            {text}
          </span>
        );
      },
      csv: ranges,
    },
    {
      id: "lag",
      label: "Lag",
      width: 130,
      phoneWidth: 110,
      figure: true,
      descendingFirst: true,
      cell: (share) => {
        const load = loadOf(share);
        if (load === undefined) return <span className="text-faint">{unknownMark}</span>;
        const { lag, lagIsUpperBound, notCounted } = load;
        return (
          <span className={lag === null || lagIsUpperBound ? "text-faint" : ""}>
            {formatLag(lag, lagIsUpperBound)}
            {notCounted === 0 ? null : (
              <span
                className="text-faint"
                data-tip={`${plural(notCounted, "partition")} not counted: lag unknown.`}
              >
                {" "}
                + {notCounted} unknown
              </span>
            )}
          </span>
        );
      },
      sortBy: (share) => loadOf(share)?.lag ?? null,
      csv: (share) => loadOf(share)?.lag ?? null,
      csvAlso: [
        { label: "Lag is an upper bound", csv: (share) => loadOf(share)?.lagIsUpperBound ?? null },
        { label: "Partitions with unknown lag", csv: (share) => loadOf(share)?.notCounted ?? null },
      ],
    },
  ];
}
