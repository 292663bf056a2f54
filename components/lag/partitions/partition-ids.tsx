import { listIds } from "#lib/client/findings/list-ids.ts";

export function PartitionIds({ ids }: { ids: readonly string[] }) {
  return (
    <span className="figures text-muted">
      {ids.length === 1 ? "Partition" : "Partitions"} {listIds(ids)}.
    </span>
  );
}
