import { clsx } from "clsx";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { groupFindings } from "#lib/client/group-findings.ts";
import { PartitionIds } from "./partition-ids.tsx";
import { StatusIcon } from "./status-chip.tsx";

/** What is off in this group's partitions, each thing said once. Nothing where all is as it should be. */
export function Findings({ partitions }: { partitions: readonly GroupPartition[] }) {
  const findings = groupFindings(partitions);
  if (findings.length === 0) return null;
  return (
    <ul aria-label="What is off" className="overflow-clip rounded-lg border border-line bg-surface">
      {findings.map(({ state, status, title, text, partitionIds }) => (
        <li key={state} className="flex gap-2.5 border-b border-line px-4 py-2 last:border-b-0">
          <span className={clsx("flex h-5 items-center", status === "stop" ? "text-stop" : "text-unknown")}>
            <StatusIcon status={status} />
          </span>
          <p className="min-w-0 text-pretty break-words">
            <strong className="font-semibold">{title}.</strong> {text}{" "}
            {partitionIds.length === partitions.length ? null : <PartitionIds ids={partitionIds} />}
          </p>
        </li>
      ))}
    </ul>
  );
}
