"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { saveEvent } from "#lib/client/lag/read-event.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  partitionId: string;
  sequenceNumber: number;
  whyNot: string | null;
}

export function SaveEvent({ address, partitionId, sequenceNumber, whyNot }: Props) {
  const saving = useMutation({ mutationFn: () => saveEvent(address, partitionId, sequenceNumber) });
  return (
    <>
      <Button
        whyDisabled={whyNot ?? (saving.isPending ? "The event is being read." : null)}
        data-tip="Downloads the event as JSON: body, properties and system properties."
        onClick={() => saving.mutate()}
      >
        <Icon name="download" className="size-3.5 text-faint" />
        {saving.isPending ? "Saving…" : "Save as file"}
      </Button>
      {saving.error === null ? null : (
        <span role="alert" className="max-w-md text-pretty text-note text-stop">
          The event could not be saved. {saving.error.message}
        </span>
      )}
    </>
  );
}
