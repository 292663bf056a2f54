import { Icon } from "#components/ui/icons/icon.tsx";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { ResetMode } from "#lib/api/resets.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";

export function OwnersNote({ chosen, mode }: { chosen: readonly GroupPartition[]; mode: ResetMode }) {
  if (chosen.length === 0) return null;
  const owners = chosen.flatMap(({ owner }) =>
    owner?.state === "active" && isProcessor(owner.ownerId) ? [owner.ownerId] : [],
  );
  const distinct = new Set(owners).size;
  return (
    <p className="flex gap-2.5 border-b border-line px-4 py-2">
      <Icon
        name={distinct === 0 ? "circle-slash-2" : "users-round"}
        className={`mt-0.5 size-4 shrink-0 ${distinct === 0 ? "text-faint" : "text-warn"}`}
      />
      <span className="min-w-0 text-pretty">
        {distinct === 0 ? (
          "The chosen partitions have no owner. A reader of fixed partitions owns none and may still run: the review detects it by its checkpoints."
        ) : (
          <>
            <strong className="figures font-semibold">{plural(distinct, "processor")}</strong>{" "}
            {distinct === 1 ? "owns" : "own"} {formatCount(owners.length)} of the{" "}
            {plural(chosen.length, "chosen partition")} now.{" "}
            {mode === "offline"
              ? `Stop ${distinct === 1 ? "it" : "them"} first: owned partitions are not changed.`
              : `${distinct === 1 ? "It keeps" : "They keep"} running: ${chosen.length === 1 ? "the partition is paused for a while" : "each partition is paused for a while, a few at a time"}.`}
          </>
        )}
      </span>
    </p>
  );
}
