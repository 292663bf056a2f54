"use client";

import type { ReactNode } from "react";
import { AlikeList } from "#components/resets/alike-list.tsx";
import { Phrases } from "#components/resets/phrases.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import type { KnownPlan, ResetPlan } from "#lib/api/resets.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { TimedText } from "#lib/client/format/timed-text.ts";
import { type Given, groupAlike } from "#lib/client/resets/alike.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { kindOf } from "#lib/client/resets/plan-kind.ts";
import { blocksOf, warningsOf } from "#lib/client/resets/plan-totals.ts";
import { liveSummary, planSummary } from "#lib/client/resets/plan-words.ts";
import { Repairs } from "./repairs.tsx";

interface Props {
  plan: ResetPlan;
  broken: ReadonlySet<string>;
  makePlan: (make: () => Promise<KnownPlan>) => void;
  whyNot: string | null;
}

export function PlanSummary({ plan, broken, makePlan, whyNot }: Props) {
  const live = liveSummary(plan);
  const blocks = groupAlike(blocksOf(plan));
  const isStalled = ({ reason }: Given) => reason.code === "ownerStalled";
  const stalled = groupAlike(warningsOf(plan).filter(isStalled));
  const warnings = groupAlike(warningsOf(plan).filter((given) => !isStalled(given)));
  return (
    <section aria-label="Summary" className="rounded-lg border border-line bg-surface">
      <div className="px-4 py-3">
        <p className="figures text-pretty text-[15px] leading-6">
          <Phrases phrases={planSummary(plan)} />
        </p>
        {live === null ? null : <p className="mt-1 text-pretty text-note text-muted">{live}</p>}
        {(plan.notes ?? []).map(({ code, message }) => (
          <p key={code} className="mt-1 text-pretty text-note text-muted break-words">
            {showText(message)}
          </p>
        ))}
      </div>
      <ul className="empty:hidden [&>li]:border-line [&>li]:border-t">
        {stalled.length === 0 ? null : (
          <Line icon={<Icon name="triangle-alert" className="mt-0.5 size-4 shrink-0 text-stop" />}>
            <AlikeList alike={stalled} />
            {kindOf(plan.target) === "reset" ? (
              <Button
                whyDisabled={whyNot}
                data-tip="The same target. It is applied once these partitions have no owner."
                className="mt-1.5"
                onClick={() => makePlan(() => planAgain(plan, "offline"))}
              >
                Plan it offline instead
              </Button>
            ) : null}
          </Line>
        )}
        {blocks.length === 0 ? null : (
          <Line icon={<Icon name="ban" className="mt-0.5 size-4 shrink-0 text-stop" />}>
            <AlikeList alike={blocks} />
            <Repairs plan={plan} broken={broken} makePlan={makePlan} whyNot={whyNot} />
          </Line>
        )}
        {warnings.length === 0 ? null : (
          <Line icon={<Icon name="triangle-alert" className="mt-0.5 size-4 shrink-0 text-warn" />}>
            <AlikeList alike={warnings} />
          </Line>
        )}
        {plan.warnings.map(({ message }) => (
          <Line
            key={message}
            icon={<Icon name="triangle-alert" className="mt-0.5 size-4 shrink-0 text-warn" />}
          >
            <p className="text-pretty break-words">
              <TimedText text={message} />
            </p>
          </Line>
        ))}
      </ul>
    </section>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2.5 px-4 py-2">
      {icon}
      <div className="min-w-0 flex-1">{children}</div>
    </li>
  );
}
