import type { Column } from "#components/ui/table/table-model.ts";

/** The first column of plans and results. */
export const partitionColumn: Column<{ partitionId: string }> = {
  id: "partition",
  label: "Partition",
  width: 92,
  phoneWidth: 96,
  fixed: true,
  cell: ({ partitionId }) => <span className="font-mono">{partitionId}</span>,
  sortBy: ({ partitionId }) => partitionId,
  csv: ({ partitionId }) => partitionId,
};
