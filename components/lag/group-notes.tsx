import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { PartitionIds } from "#components/lag/partitions/partition-ids.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { reasonPath } from "#lib/client/help/help-pages.ts";

export function GroupNotes({
  notes,
  actionOf = () => null,
}: {
  notes: ConsumerGroup["notes"];
  actionOf?: (code: string) => ReactNode;
}) {
  if (notes.length === 0) return null;
  return (
    <ul aria-label="Notes" className="overflow-clip rounded-lg border border-line bg-surface">
      {notes.map(({ code, message, partitionIds }) => (
        <li key={code} className="flex gap-2.5 border-b border-line px-4 py-2 last:border-b-0">
          <span className="flex h-5 items-center text-warn">
            <TriangleAlert aria-hidden className="size-3.5" strokeWidth={2.5} />
          </span>
          <p className="min-w-0 text-pretty break-words">
            <TimedText text={message} />
            <HelpMark href={reasonPath(code)} of={code} />{" "}
            {partitionIds.length === 0 ? null : <PartitionIds ids={partitionIds} />} {actionOf(code)}
          </p>
        </li>
      ))}
    </ul>
  );
}
