"use client";

import { Ban, TriangleAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format.ts";
import { planRepair, repairable } from "#lib/client/plan-again.ts";
import { liveSummary, planSummary } from "#lib/client/plan-words.ts";
import { Phrases } from "./phrases.tsx";

const repairWords = {
  earliest: "go to the start of the stream",
  latest: "go to the end of the stream",
} as const;

interface Props {
  plan: ResetPlan;
  makePlan: (make: () => Promise<ResetPlan>) => void;
  whyNot: string | null;
}

/** A plan in sentences: totals first, then what speaks against it, and what would do instead. */
export function PlanSummary({ plan, makePlan, whyNot }: Props) {
  const live = liveSummary(plan);
  return (
    <section aria-label="Summary" className="rounded-lg border border-line bg-surface">
      <div className="px-4 py-3">
        <p className="figures text-pretty text-[15px] leading-6">
          <Phrases phrases={planSummary(plan, Date.parse(plan.createdAt))} />
        </p>
        {live === null ? null : <p className="mt-1 text-pretty text-note text-muted">{live}</p>}
      </div>
      <ul className="divide-y divide-line empty:hidden [&>li]:border-line [&>li]:border-t">
        {plan.blockedBy === null ? null : (
          <li className="flex gap-2.5 px-4 py-2">
            <Ban aria-hidden className="mt-0.5 size-4 shrink-0 text-stop" />
            <p className="min-w-0 text-pretty break-words">
              <strong className="font-semibold">Nothing of this can be written.</strong> {plan.blockedBy}
            </p>
          </li>
        )}
        {plan.warnings.map((warning) => (
          <li key={warning} className="flex gap-2.5 px-4 py-2">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            <p className="min-w-0 text-pretty break-words">{warning}</p>
          </li>
        ))}
        <Repairs plan={plan} makePlan={makePlan} whyNot={whyNot} />
      </ul>
    </section>
  );
}

function Repairs({ plan, makePlan, whyNot }: Props) {
  const offers = (["earliest", "latest"] as const)
    .map((repair) => ({ repair, count: repairable(plan, repair).length }))
    .filter(({ count }) => count > 0);
  if (offers.length === 0) return null;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <span className="min-w-0 flex-1 basis-72 text-pretty text-muted">
        Where this target does not do, another might. Each makes a new plan for those partitions alone; this
        one stays as it is.
      </span>
      {offers.map(({ repair, count }) => (
        <Button
          key={repair}
          whyDisabled={whyNot}
          onClick={() => makePlan(() => planRepair(plan, repair))}
          className="max-w-full"
        >
          <span className="truncate">
            Let {plural(count, "partition")} {repairWords[repair]}
          </span>
        </Button>
      ))}
    </li>
  );
}
