"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useOwnerNames } from "#app/resets/use-owner-names.tsx";
import { ConfirmForm } from "#components/resets/confirm-form.tsx";
import { ExpiredPlan } from "#components/resets/expired-plan.tsx";
import { Failure } from "#components/resets/failure.tsx";
import { HttpCalls } from "#components/resets/http-calls.tsx";
import { LiveLimits } from "#components/resets/live-limits.tsx";
import { PlanGone } from "#components/resets/plan-gone.tsx";
import { PlanSummary } from "#components/resets/plan-summary.tsx";
import { PlanTable } from "#components/resets/plan-table.tsx";
import { RefusedNote } from "#components/resets/refused-note.tsx";
import { Steps } from "#components/resets/steps.tsx";
import { useMakePlan } from "#components/resets/use-make-plan.ts";
import { PageTitle } from "#components/shell/page-title.tsx";
import { Ticking, useTicking } from "#components/ui/clock.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import type { ResetPlan } from "#lib/api/resets.ts";
import { chooseAgainPath } from "#lib/client/choose-again.ts";
import { showText } from "#lib/client/foreign-text.ts";
import { formatDuration } from "#lib/client/format.ts";
import { consumerGroupPath } from "#lib/client/paths.ts";
import { planAgain } from "#lib/client/plan-again.ts";
import { planQuery } from "#lib/client/reset-queries.ts";

interface Props {
  /** Why its reader may make no plan, or may not apply one; null: they may. */
  whyNoPlan: string | null;
  whyNoApply: string | null;
}

/** The second step of a reset: what would be written, in words and partition by partition, and the confirmation. */
export function ReviewView({ planId, ...refusals }: Props & { planId: string }) {
  const { data: plan, error, refetch } = useQuery(planQuery(planId));
  if (plan !== undefined) return <Review plan={plan} {...refusals} />;
  if (error !== null) return <PlanGone error={error} onRetry={() => void refetch()} />;
  return <PageSkeleton label="The plan is loading" rows={8} />;
}

function Review({ plan, whyNoPlan, whyNoApply }: Props & { plan: ResetPlan }) {
  const router = useRouter();
  const { make, isBusy, error } = useMakePlan();
  const ownerName = useOwnerNames(plan.entries.flatMap(({ holds }) => holds?.ownerId ?? []));
  const expiresAt = Date.parse(plan.expiresAt);
  const isExpired = useTicking(useCallback((now) => (now >= expiresAt ? "expired" : ""), [expiresAt])) !== "";
  const name = showText(plan.group);
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title={
          <>
            Review {plan.target.kind === "undo" ? "the undo" : "the reset"} of{" "}
            <span className="foreign break-words">{name}</span>
          </>
        }
      >
        <Steps at="Review" /> · plan made{" "}
        <time dateTime={plan.createdAt} data-at={plan.createdAt}>
          {plan.createdAt.slice(11, 19)} UTC
        </time>
        ,{" "}
        {isExpired ? (
          "expired"
        ) : (
          <>
            good for <Ticking format={(now) => formatDuration((expiresAt - now) / 1000)} />
          </>
        )}{" "}
        ·{" "}
        <Link
          href={consumerGroupPath(plan.hub, plan.group, plan.store)}
          prefetch={false}
          className="text-accent underline underline-offset-2"
        >
          {name} on {showText(plan.hub)}
        </Link>{" "}
        · store <span className="foreign font-mono">{showText(plan.store)}</span>
      </PageTitle>
      {whyNoApply === null ? null : <RefusedNote why={whyNoApply} />}
      <PlanSummary plan={plan} makePlan={make} whyNot={isBusy ? "A plan is being made." : whyNoPlan} />
      <Panel title="Partition by partition">
        <PlanTable plan={plan} ownerName={ownerName} />
      </Panel>
      {isExpired ? null : <LiveLimits plan={plan} />}
      <HttpCalls plan={plan} />
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
      {isExpired ? (
        <ExpiredPlan plan={plan} makePlan={make} isBusy={isBusy} whyNot={whyNoPlan} />
      ) : (
        <ConfirmForm
          plan={plan}
          whyNot={whyNoApply ?? plan.blockedBy}
          onAgain={() => make(() => planAgain(plan))}
          onBack={() => router.push(chooseAgainPath(plan))}
        />
      )}
    </div>
  );
}
