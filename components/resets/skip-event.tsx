"use client";

import { StepForward } from "lucide-react";
import { Failure } from "#components/resets/failure.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
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
  text?: string;
}

export function SkipEvent({ address, group, partition, sequenceNumber, whyNot, text }: Props) {
  const { make, isBusy, error } = useMakePlan();
  const isLive = partition.owner?.state === "active" && group.formats.includes("common");
  const body = {
    sequenceNumber,
    mode: isLive ? ("live" as const) : ("offline" as const),
    handlerSeconds: group.slowestCheckpoint?.seconds ?? assumedHandlerSeconds,
  };
  return (
    <>
      <Button
        whyDisabled={whyNot ?? (isBusy ? "The plan is being made." : null)}
        data-tip="Plans to continue with the event after it. Nothing changes until you review and confirm."
        onClick={() => make(() => previewSkip(address, partition.partitionId, body))}
      >
        <StepForward aria-hidden className="size-3.5 text-faint" />
        {isBusy ? "Making the plan…" : (text ?? "Skip this event…")}
      </Button>
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
    </>
  );
}
