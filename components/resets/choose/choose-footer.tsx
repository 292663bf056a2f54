"use client";

import type { ReactNode } from "react";
import { Failure } from "#components/resets/failure.tsx";
import { StickyBar } from "#components/resets/sticky-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { type Chosen, chosenCount } from "#lib/client/resets/reset-choice.ts";
import { previewReset } from "#lib/client/resets/reset-queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { useMakePlan } from "./use-make-plan.ts";

interface Props {
  address: GroupAddress;
  chosen: Chosen;
  partitionCount: number;
  whyNot: string | null;
  back: ReactNode;
}

export function ChooseFooter({ address, chosen, partitionCount, whyNot, back }: Props) {
  const { make, isBusy, error } = useMakePlan();
  const count = "request" in chosen ? chosenCount(chosen.request, partitionCount) : "";
  const missing = "missing" in chosen ? chosen.missing : null;
  const why = whyNot ?? (isBusy ? "The plan is being made." : missing);
  return (
    <>
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
      <StickyBar>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5">
          {back}
          <p role="status" className="min-w-0 flex-1 basis-60 text-right text-muted max-sm:text-left">
            {missing ??
              (isBusy
                ? `Planning ${count}…`
                : `Plans ${count}. Nothing changes until you review and confirm.`)}
          </p>
          <Button
            look="primary"
            whyDisabled={why}
            onClick={() => "request" in chosen && make(() => previewReset(address, chosen.request))}
          >
            {isBusy ? "Making the plan…" : "Review"}
          </Button>
        </div>
      </StickyBar>
    </>
  );
}
