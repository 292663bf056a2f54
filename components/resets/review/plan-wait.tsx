"use client";

import { Button } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { KnownPlan, ResetPlan } from "#lib/api/resets.ts";
import { countdown, waitsFor } from "#lib/client/resets/review/wait-words.ts";
import { OtherModeButton } from "./other-mode-button.tsx";
import type { Renewal } from "./use-renewed-plan.ts";

interface Props {
  plan: ResetPlan;
  group: ConsumerGroupDetail | undefined;
  renewal: Renewal;
  makePlan: (make: () => Promise<KnownPlan>) => void;
  whyNot: string | null;
}

export function PlanWait({ plan, group, renewal, makePlan, whyNot }: Props) {
  const { watch, isResting, isBusy, error, renew } = renewal;
  if (watch === null || watch.waiting.length === 0) return null;
  return (
    <section
      aria-label="Waiting"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2"
    >
      <div className="flex min-w-0 flex-1 basis-72 gap-2.5">
        <Icon name="hourglass" className="mt-0.5 size-4 shrink-0 text-warn" />
        <p className="figures min-w-0 text-pretty">
          <strong className="font-semibold">{waitsFor(watch)}</strong>{" "}
          <Ticking format={(now) => countdown(watch, now)} />{" "}
          <span className="text-muted">
            {isResting
              ? "This page no longer renews the plan by itself: check again."
              : error === null
                ? "The plan renews by itself."
                : `The last renewal failed: ${error.message}`}
          </span>
        </p>
      </div>
      <span className="flex flex-wrap gap-2">
        <OtherModeButton plan={plan} group={group} makePlan={makePlan} whyNot={whyNot} />
        <Button whyDisabled={whyNot ?? (isBusy ? "A plan is being made." : null)} onClick={renew}>
          Check again
        </Button>
      </span>
    </section>
  );
}
