import { Quiet } from "#components/lag/overview/quiet.tsx";
import type { PlainColumn } from "#components/ui/table/table-model.ts";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { formatShare, formatUntilLoss } from "#lib/client/format/format.ts";

type Retained = Pick<GroupPartition, "retentionUsed" | "secondsUntilLoss">;

/** @param why a share of retention is not known, as a tooltip */
export function retentionColumns<Row>(
  of: (row: Row) => Retained,
  why: (row: Row) => string | null,
): PlainColumn<Row>[] {
  const used = (row: Row) => of(row).retentionUsed;
  const loss = (row: Row) => of(row).secondsUntilLoss;
  return [
    {
      id: "retention",
      label: "Retention",
      csvLabel: "Retention used",
      csvUnit: "share",
      width: 88,
      figure: true,
      startsHidden: true,
      cell: (row) => <Quiet known={used(row) !== null} text={formatShare(used(row))} why={why(row)} />,
      sortBy: used,
      csv: used,
    },
    {
      id: "loss",
      label: "Loses in",
      csvUnit: "seconds",
      width: 88,
      figure: true,
      startsHidden: true,
      cell: (row) => <Quiet known={loss(row) !== null} text={formatUntilLoss(loss(row))} />,
      sortBy: loss,
      csv: loss,
    },
  ];
}
