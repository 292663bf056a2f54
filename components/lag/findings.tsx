import { clsx } from "clsx";
import { PartitionIds } from "#components/lag/partitions/partition-ids.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { Status } from "#lib/api/status.ts";
import { groupFindings } from "#lib/client/findings/group-findings.ts";
import { StatusIcon } from "./status-chip.tsx";

const tones: Record<Status, string> = {
  ok: "text-ok",
  warn: "text-warn",
  stall: "text-stall",
  rewind: "text-rewind",
  stop: "text-stop",
  unknown: "text-unknown",
};

/** What is off in this group, each thing said once, with what to do about it. Nothing where all is as it should be. */
export function Findings({ group }: { group: ConsumerGroupDetail }) {
  const findings = groupFindings(group);
  if (findings.length === 0) return null;
  return (
    <ul aria-label="Findings" className="overflow-clip rounded-lg border border-line bg-surface">
      {findings.map(({ kind, status, title, evidence, next, partitionIds }) => (
        <li key={kind} className="flex gap-2.5 border-b border-line px-4 py-2 last:border-b-0">
          <span className={clsx("flex h-5 w-3.5 shrink-0 items-center justify-center", tones[status])}>
            <StatusIcon status={status} />
          </span>
          <div className="min-w-0 max-w-5xl text-pretty break-words">
            <p>
              <strong className="font-semibold">{title}.</strong> {evidence}{" "}
              {partitionIds.length === group.partitions.length ? null : <PartitionIds ids={partitionIds} />}
            </p>
            {next === null ? null : <p className="text-muted">{next}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}
