"use client";

import { clsx } from "clsx";
import { type ReactNode, useMemo } from "react";
import { StatusIcon, statusTones } from "#components/lag/status-chip.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { Finding } from "#lib/client/findings/finding.ts";
import { groupProblems, problemLine } from "#lib/client/findings/problems.ts";
import { useKept } from "#lib/client/findings/use-kept.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { Findings } from "./findings.tsx";
import { GroupNotes } from "./group-notes.tsx";

interface Props {
  group: ConsumerGroupDetail;
  actionOf?: (finding: Finding) => ReactNode;
  noteActionOf?: (code: string) => ReactNode;
}

/**
 * A line that is always there and always as high, and below it what was wrong at the first look. What comes
 * later is told in the line and waits there: it would push away what is being read.
 */
export function Problems({ group, actionOf = () => null, noteActionOf = () => null }: Props) {
  const problems = useMemo(() => groupProblems(group), [group]);
  const { kept, waiting, turn, show, hide } = useKept(problems);
  const { status, text } = problemLine(group, problems, waiting);
  const isOpen = kept.length > 0;
  return (
    <section
      aria-label="Problems"
      className="overflow-clip rounded-lg border border-line bg-surface max-sm:order-first"
    >
      <div className="flex h-14 items-center gap-2.5 px-4 sm:h-10">
        <span className={clsx("flex w-3.5 shrink-0 justify-center", statusTones[status])}>
          <StatusIcon status={status} />
        </span>
        <p className="figures line-clamp-2 min-w-0 flex-1 font-semibold sm:line-clamp-1">
          <TimedText text={text} />
        </p>
        {waiting.length > 0 ? (
          <Button onClick={show}>Show</Button>
        ) : isOpen ? (
          <Button onClick={hide}>Hide</Button>
        ) : null}
      </div>
      {isOpen ? (
        <div key={turn} className="border-t border-line">
          <Findings
            group={group}
            findings={kept.flatMap(({ item, isOver }) =>
              "finding" in item ? [{ finding: item.finding, isOver }] : [],
            )}
            actionOf={actionOf}
          />
          <GroupNotes
            notes={kept.flatMap(({ item, isOver }) => ("note" in item ? [{ note: item.note, isOver }] : []))}
            actionOf={noteActionOf}
          />
        </div>
      ) : null}
    </section>
  );
}
