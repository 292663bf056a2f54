"use client";

import { Failure } from "#components/resets/failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { assumedHandlerSeconds } from "#lib/client/resets/reset-choice.ts";
import { previewSkip } from "#lib/client/resets/reset-queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { useMakePlan } from "./choose/use-make-plan.ts";

interface Props {
  address: GroupAddress;
  group: Pick<ConsumerGroup, "formats" | "slowestCheckpoint">;
  partition: GroupPartition;
  sequenceNumber: number;
  whyNot: string | null;
  /** Named where no event is in sight. */
  isNamed?: boolean;
}

export function SkipEvent({ address, group, partition, sequenceNumber, whyNot, isNamed = false }: Props) {
  const { make, isBusy, error } = useMakePlan();
  const isLive = partition.owner?.state === "active" && group.formats.includes("common");
  const body = {
    sequenceNumber,
    mode: isLive ? ("live" as const) : ("offline" as const),
    handlerSeconds: group.slowestCheckpoint?.seconds ?? assumedHandlerSeconds,
  };
  const why = whyNot ?? (isBusy ? "The plan is being made." : null);
  const skip = () => make(() => previewSkip(address, partition.partitionId, body));
  const named = `Skip event ${formatCount(sequenceNumber)} of partition ${partition.partitionId}…`;
  usePageAction(why === null ? named : null, skip);
  return (
    <>
      <Button
        whyDisabled={why}
        data-tip="Plans to continue with the event after it. Nothing changes until you review and confirm."
        onClick={skip}
      >
        <Icon name="step-forward" className="size-3.5 text-faint" />
        {isBusy ? "Making the plan…" : isNamed ? named : "Skip this event…"}
      </Button>
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
    </>
  );
}
