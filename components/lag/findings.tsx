import { clsx } from "clsx";
import type { ReactNode } from "react";
import { PartitionIds } from "#components/lag/partitions/partition-ids.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { SteadyHeight } from "#components/ui/text/steady-height.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { Finding } from "#lib/client/findings/finding.ts";
import { groupFindings } from "#lib/client/findings/group-findings.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { findingHelp } from "#lib/client/help/finding-help.ts";
import { StatusIcon, statusTones } from "./status-chip.tsx";

export function Findings({
  group,
  actionOf = () => null,
}: {
  group: ConsumerGroupDetail;
  actionOf?: (finding: Finding) => ReactNode;
}) {
  const findings = groupFindings(group);
  if (findings.length === 0) return null;
  return (
    <ul aria-label="Findings" className="overflow-clip rounded-lg border border-line bg-surface">
      {findings.map((finding) => (
        <li key={finding.kind} className="flex gap-2.5 border-b border-line px-4 py-2 last:border-b-0">
          <span
            className={clsx(
              "flex h-5 w-3.5 shrink-0 items-center justify-center",
              statusTones[finding.status],
            )}
          >
            <StatusIcon status={finding.status} />
          </span>
          <div className="min-w-0 max-w-5xl text-pretty break-words">
            <SteadyHeight>
              <p>
                <strong className="font-semibold">{finding.title}.</strong>{" "}
                <TimedText text={finding.evidence} /> {/* A single one is named by the sentences. */}
                {finding.partitionIds.length === 1 ||
                finding.partitionIds.length === group.partitions.length ? null : (
                  <PartitionIds ids={finding.partitionIds} />
                )}
                <HelpMark href={findingHelp(finding.kind)} of={finding.title} />
              </p>
            </SteadyHeight>
            {finding.next === null ? null : (
              <SteadyHeight>
                <p className="text-muted">{finding.next}</p>
              </SteadyHeight>
            )}
            {actionOf(finding)}
          </div>
        </li>
      ))}
    </ul>
  );
}
