"use client";

import { clsx } from "clsx";
import { Button } from "#components/ui/button.tsx";
import type { Edge, KnownPlan, ResetPlan } from "#lib/api/resets.ts";
import { plural } from "#lib/client/format/format.ts";
import { planRepair, repairable } from "#lib/client/resets/plan-again.ts";

const repairWords: Record<Edge, string> = {
  earliest: "to Earliest",
  latest: "to Latest",
};

interface Props {
  plan: ResetPlan;
  broken: ReadonlySet<string>;
  makePlan: (make: () => Promise<KnownPlan>) => void;
  whyNot: string | null;
}

/**
 * Other targets for partitions that can't reach this one. A remedy for unusable checkpoints, elsewhere only
 * an option: who wants to go back by fifty events does not want the start.
 */
export function Repairs({ plan, broken, makePlan, whyNot }: Props) {
  const offers = (["earliest", "latest"] as const)
    .map((repair) => ({ repair, ids: repairable(plan, repair) }))
    .filter(({ ids }) => ids.length > 0);
  if (offers.length === 0) return null;
  const isRemedy = offers.some(({ ids }) => ids.some((id) => broken.has(id)));
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
      {isRemedy ? "These checkpoints can’t be restored. Plan instead:" : "Or move"}
      {offers.map(({ repair, ids }, i) => (
        <span key={repair} className="contents">
          {i > 0 ? "or" : null}
          <Button
            look={isRemedy ? "outline" : "quiet"}
            whyDisabled={whyNot}
            onClick={() => makePlan(() => planRepair(plan, repair))}
            className={clsx("max-w-full", !isRemedy && "px-0! text-accent! underline underline-offset-2")}
          >
            <span className="truncate">
              {i === 0 ? `${plural(ids.length, "partition")} ` : ""}
              {repairWords[repair]}
            </span>
          </Button>
        </span>
      ))}
    </p>
  );
}
