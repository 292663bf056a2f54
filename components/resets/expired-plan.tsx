"use client";

import { TimerOff } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Message } from "#components/ui/message.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { planAgain } from "#lib/client/plan-again.ts";

interface Props {
  plan: ResetPlan;
  makePlan: (make: () => Promise<ResetPlan>) => void;
  isBusy: boolean;
  whyNot: string | null;
}

/** In place of the confirmation once a plan's time is over: the stream has moved on since. */
export function ExpiredPlan({ plan, makePlan, isBusy, whyNot }: Props) {
  return (
    <Message
      kind="empty"
      icon={<TimerOff className="size-7" />}
      title="This plan has expired; nothing was written"
      actions={
        <Button
          look="primary"
          whyDisabled={isBusy ? "The plan is being made." : whyNot}
          onClick={() => makePlan(() => planAgain(plan))}
        >
          {isBusy ? "Making the plan…" : "Make it anew"}
        </Button>
      }
    >
      A plan is good for ten minutes, since groups and streams move on. The same target and partitions give a
      new one, to be reviewed again
      {plan.target.kind === "ago" ? "; how long ago is then counted from now" : ""}.
    </Message>
  );
}
