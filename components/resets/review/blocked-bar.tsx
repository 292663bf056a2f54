"use client";

import { Button } from "#components/ui/button.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { KnownPlan, ResetMode, ResetPlan } from "#lib/api/resets.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { otherMode } from "#lib/client/resets/plan-ways.ts";

interface Props {
  plan: ResetPlan;
  /** As it is now; undefined: not known yet. */
  group: ConsumerGroupDetail | undefined;
  makePlan: (make: () => Promise<KnownPlan>) => void;
  whyNot: string | null;
  onBack: () => void;
}

const words: Record<ResetMode, string> = {
  live: "Make it live instead",
  offline: "Make it offline instead",
};

/** In place of the confirmation where nothing can be written: the ways on. */
export function BlockedBar({ plan, group, makePlan, whyNot, onBack }: Props) {
  const mode = otherMode(plan, group);
  return (
    <section
      aria-label="Ways on"
      className="sticky bottom-3 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5"
    >
      <p className="min-w-0 flex-1 basis-60 text-muted text-pretty">
        {plan.blockedBy?.code === "nothingChanges"
          ? "There is nothing to confirm: no checkpoint would change."
          : "There is nothing to confirm. Once the reason is gone, the same choice may do."}
      </p>
      <span className="flex flex-wrap gap-2">
        <Button onClick={onBack}>Back</Button>
        {mode === null ? null : (
          <Button
            whyDisabled={whyNot}
            data-tip={
              mode === "live"
                ? "The same choice while the processors keep running."
                : "The same choice, since nobody owns these partitions."
            }
            onClick={() => makePlan(() => planAgain(plan, mode))}
          >
            {words[mode]}
          </Button>
        )}
        <Button look="primary" whyDisabled={whyNot} onClick={() => makePlan(() => planAgain(plan))}>
          Check again
        </Button>
      </span>
    </section>
  );
}
