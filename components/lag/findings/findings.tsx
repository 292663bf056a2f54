import { clsx } from "clsx";
import type { ReactNode } from "react";
import { PartitionIds } from "#components/lag/partitions/partition-ids.tsx";
import { StatusIcon, statusTones } from "#components/lag/status-chip.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { SteadyHeight } from "#components/ui/text/steady-height.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { Finding } from "#lib/client/findings/finding.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { findingHelp } from "#lib/client/help/finding-help.ts";

interface Props {
  group: ConsumerGroupDetail;
  findings: readonly { finding: Finding; isOver: boolean }[];
  actionOf: (finding: Finding) => ReactNode;
}

export function Findings({ group, findings, actionOf }: Props) {
  if (findings.length === 0) return null;
  return (
    <ul aria-label="Findings">
      {findings.map(({ finding, isOver }) => (
        <li
          key={finding.kind}
          className={clsx(
            "flex gap-2.5 border-b border-line px-4 py-2 last:border-b-0",
            isOver && "text-faint",
          )}
        >
          <span
            className={clsx(
              "flex h-5 w-3.5 shrink-0 items-center justify-center",
              isOver ? "text-faint" : statusTones[finding.status],
            )}
          >
            <StatusIcon status={isOver ? "ok" : finding.status} />
          </span>
          {/* Each part on its own line: a figure that gets longer must not push its neighbours along. */}
          <div className="figures min-w-0 max-w-5xl flex-1 break-words">
            <SteadyHeight keeps="all">
              <p className="font-semibold">{`${isOver ? "No longer: " : ""}${finding.title}.`}</p>
            </SteadyHeight>
            <Part>{finding.evidence === "" ? null : <TimedText text={finding.evidence} />}</Part>
            {/* A single one is named by the sentences. */}
            <Part>
              {finding.partitionIds.length < 2 ||
              finding.partitionIds.length === group.partitions.length ? null : (
                <PartitionIds ids={finding.partitionIds} />
              )}
            </Part>
            {/* Nobody has to do it any more. */}
            <Part className="text-muted">{isOver ? null : finding.next}</Part>
            <SteadyHeight keeps="all">{isOver ? null : actionOf(finding)}</SteadyHeight>
          </div>
          <span className="ml-auto flex h-5 shrink-0 items-center">
            <HelpMark href={findingHelp(finding.kind)} of={finding.title} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Part({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <SteadyHeight keeps="all">
      <p className={clsx("empty:hidden", className)}>{children}</p>
    </SteadyHeight>
  );
}
