import { Icon } from "#components/ui/icons/icon.tsx";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { hasToRead, type ResetUrl } from "#lib/client/resets/reset-choice.ts";

interface Props {
  url: Pick<ResetUrl, "target" | "mode">;
  chosen: readonly GroupPartition[];
}

/** Warns before a review on a hub without an inspection group, which would block every partition. */
export function InspectionNote({ url, chosen }: Props) {
  const isOwned = chosen.some(({ owner }) => owner?.state === "active");
  if (url.mode !== "live" || !hasToRead(url) || !isOwned) return null;
  return (
    <p role="status" className="flex gap-2.5 border-t border-line bg-warn-soft px-4 py-2">
      <Icon name="book-x" className="mt-0.5 size-4 shrink-0 text-warn" />
      <span className="min-w-0 text-pretty">
        <strong className="font-semibold">This target needs an inspection group.</strong> A live reset to it
        reads an event of each partition, and the group’s own processors prevent that. Create a consumer group
        only for the dashboard and name it in the hub’s configuration (
        <code className="font-mono">inspectionConsumerGroup</code>), choose Earliest or Latest, or stop the
        group and reset it offline.
      </span>
    </p>
  );
}
