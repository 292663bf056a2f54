"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { StateChip } from "#components/resets/result/result-chip.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { KnownPlan, ResetPlan } from "#lib/api/resets.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { resetQuery } from "#lib/client/resets/reset-queries.ts";
import { countResults } from "#lib/client/resets/reset-words.ts";
import { resetResultPath } from "#lib/client/url/paths.ts";

export function AppliedPlan({ resetId }: { resetId: string }) {
  const { data: reset } = useQuery(resetQuery(resetId));
  return (
    <Over
      icon={<Icon name="circle-check-big" className="mt-0.5 size-4 shrink-0 text-muted" />}
      actions={
        <>
          {reset === undefined ? null : <StateChip reset={reset} counts={countResults(reset)} />}
          <Link href={resetResultPath(resetId)} className={buttonClass("primary")}>
            {reset?.state === "running" ? "Follow it" : "Result"}
          </Link>
        </>
      }
    >
      <strong className="font-semibold">
        {reset === undefined ? (
          "This plan was applied."
        ) : (
          <>
            Applied at <ZonedMoment at={reset.startedAt} />.
          </>
        )}
      </strong>{" "}
      A plan can be applied only once. Below is what was reviewed.
    </Over>
  );
}

interface ExpiredProps {
  plan: ResetPlan;
  makePlan: (make: () => Promise<KnownPlan>) => void;
  isBusy: boolean;
  whyNot: string | null;
}

export function ExpiredPlan({ plan, makePlan, isBusy, whyNot }: ExpiredProps) {
  return (
    <Over
      icon={<Icon name="timer-off" className="mt-0.5 size-4 shrink-0 text-warn" />}
      actions={
        <Button
          look="primary"
          whyDisabled={isBusy ? "The plan is being made." : whyNot}
          onClick={() => makePlan(() => planAgain(plan))}
        >
          {isBusy ? "Making the plan…" : "New plan"}
        </Button>
      }
    >
      <strong className="font-semibold">This plan has expired. Nothing was written.</strong> Plans are valid
      for ten minutes. Make a new plan for the same target and partitions, and review it
      {plan.target.kind === "ago" ? "; “ago” then counts from now" : ""}.
    </Over>
  );
}

function Over({ icon, actions, children }: { icon: ReactNode; actions: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-label="Plan status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5"
    >
      <div role="status" className="flex min-w-0 flex-1 basis-72 gap-2.5">
        {icon}
        <p className="figures min-w-0 text-pretty">{children}</p>
      </div>
      {actions}
    </section>
  );
}
