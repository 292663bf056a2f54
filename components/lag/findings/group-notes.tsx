import { clsx } from "clsx";
import type { ReactNode } from "react";
import { PartitionIds } from "#components/lag/partitions/partition-ids.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { SteadyHeight } from "#components/ui/text/steady-height.tsx";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";

type Note = ConsumerGroup["notes"][number];

export function GroupNotes({
  notes,
  actionOf,
}: {
  notes: readonly { note: Note; isOver: boolean }[];
  actionOf: (code: string) => ReactNode;
}) {
  if (notes.length === 0) return null;
  return (
    <ul aria-label="Notes" className="border-t border-line first:border-t-0">
      {notes.map(({ note: { code, message, partitionIds }, isOver }) => (
        <li
          key={code}
          className={clsx(
            "flex gap-2.5 border-b border-line px-4 py-2 last:border-b-0",
            isOver && "text-faint",
          )}
        >
          <span className={clsx("flex h-5 items-center", isOver ? "text-faint" : "text-warn")}>
            <Icon name="triangle-alert" className="size-3.5 stroke-[2.5]" />
          </span>
          <SteadyHeight keeps="all">
            <p className="figures min-w-0 text-pretty break-words">
              {isOver ? "No longer: " : ""}
              <TimedText text={message} />
              <HelpMark href={reasonPath(code)} of={code} />{" "}
              {partitionIds.length === 0 ? null : <PartitionIds ids={partitionIds} />}{" "}
              {isOver ? null : actionOf(code)}
            </p>
          </SteadyHeight>
        </li>
      ))}
    </ul>
  );
}
