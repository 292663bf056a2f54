"use client";

import { Button } from "#components/ui/button.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { KnownPlan, ResetMode, ResetPlan } from "#lib/api/resets.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { otherMode } from "#lib/client/resets/plan-ways.ts";

export interface BlockedPlan {
  plan: ResetPlan;
  group: ConsumerGroupDetail | undefined;
  makePlan: (make: () => Promise<KnownPlan>) => void;
  whyNot: string | null;
}

const words: Record<ResetMode, { label: string; tip: string }> = {
  live: { label: "Reset live instead", tip: "The same target while the processors keep running." },
  offline: { label: "Reset offline instead", tip: "The same target, since these partitions have no owner." },
};

export function OtherModeButton({ plan, group, makePlan, whyNot }: BlockedPlan) {
  const mode = otherMode(plan, group);
  if (mode === null) return null;
  const { label, tip } = words[mode];
  return (
    <Button whyDisabled={whyNot} data-tip={tip} onClick={() => makePlan(() => planAgain(plan, mode))}>
      {label}
    </Button>
  );
}
