"use client";

import { StickyBar } from "#components/resets/sticky-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { whyBlocked } from "#lib/client/resets/review/why-blocked.ts";
import { type BlockedPlan, OtherModeButton } from "./other-mode-button.tsx";

interface Props extends BlockedPlan {
  onBack: () => void;
}

export function BlockedBar({ plan, group, makePlan, whyNot, onBack }: Props) {
  return (
    <StickyBar>
      <section
        aria-label="Next steps"
        className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5"
      >
        <p className="min-w-0 flex-1 basis-60 text-muted text-pretty">{whyBlocked(plan)}</p>
        <span className="flex flex-wrap gap-2">
          <Button onClick={onBack}>Back</Button>
          <OtherModeButton plan={plan} group={group} makePlan={makePlan} whyNot={whyNot} />
          <Button look="primary" whyDisabled={whyNot} onClick={() => makePlan(() => planAgain(plan))}>
            Check again
          </Button>
        </span>
      </section>
    </StickyBar>
  );
}
