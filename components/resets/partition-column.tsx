import type { PlainColumn } from "#components/ui/table/table-model.ts";
import { MiddleCut } from "#components/ui/text/middle-cut.tsx";
import { showText } from "#lib/client/format/foreign-text.ts";

export const partitionColumn: PlainColumn<{ partitionId: string }> = {
  id: "partition",
  label: "Partition",
  width: 108,
  phoneWidth: 96,
  fixed: true,
  cell: ({ partitionId }) => <span className="font-mono">{partitionId}</span>,
  sortBy: ({ partitionId }) => partitionId,
  csv: ({ partitionId }) => partitionId,
};

export const blobColumn: PlainColumn<{ partitionId: string }> = {
  id: "blob",
  label: "Blob",
  width: 380,
  grows: true,
  phoneWidth: 190,
  fixed: true,
  cell: ({ partitionId }) => (
    <span className="foreign flex min-w-0 font-mono" data-tip={partitionId}>
      <MiddleCut text={showText(partitionId)} />
    </span>
  ),
  sortBy: ({ partitionId }) => partitionId,
  csv: ({ partitionId }) => partitionId,
};
