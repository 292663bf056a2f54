"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useOwnerNames } from "#app/resets/use-owner-names.tsx";
import { useMakePlan } from "#components/resets/choose/use-make-plan.ts";
import { Failure } from "#components/resets/failure.tsx";
import { HttpCalls } from "#components/resets/http-calls.tsx";
import { BlockedBar } from "#components/resets/review/blocked-bar.tsx";
import { ConfirmForm } from "#components/resets/review/confirm-form.tsx";
import { PlanGone } from "#components/resets/review/plan-gone.tsx";
import { AppliedPlan, ExpiredPlan } from "#components/resets/review/plan-over.tsx";
import { PlanSummary } from "#components/resets/review/plan-summary.tsx";
import { PlanTable } from "#components/resets/review/plan-table.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { useApplyPlan } from "#components/resets/review/use-apply-plan.ts";
import { useTicking } from "#components/ui/clock.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { KnownPlan } from "#lib/api/resets.ts";
import { consumerGroupQuery, type GroupAddress, keys } from "#lib/client/http/queries.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { chooseAgainPath } from "#lib/client/resets/choose-again.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { brokenPartitions } from "#lib/client/resets/plan-ways.ts";
import { planQuery } from "#lib/client/resets/reset-queries.ts";
import { stepTaken } from "#lib/client/resets/step-focus.ts";
import { mergeConsumerGroup } from "#lib/client/stream/merge-snapshot.ts";
import { useLiveUpdates } from "#lib/client/stream/use-live.ts";
import { ReviewTitle } from "./review-title.tsx";

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

/** The group as it is now: the stream that brings it tells as well that the plan was applied elsewhere. */
function useGroupNow(address: GroupAddress): ConsumerGroupDetail | undefined {
  const client = useQueryClient();
  const { data: group } = useQuery(consumerGroupQuery(address));
  useLiveUpdates(address, (event) =>
    client.setQueryData<ConsumerGroupDetail>(
      keys.consumerGroup(address),
      (before) => before && mergeConsumerGroup(before, event),
    ),
  );
  return group;
}

function Review({ plan, whyNoPlan, whyNoApply }: Props & { plan: KnownPlan }) {
  const router = useRouter();
  const { make, isBusy, error } = useMakePlan();
  const applying = useApplyPlan(plan);
  const { hub, group: name, store } = plan;
  const group = useGroupNow({ hub, group: name, store });
  const ownerName = useOwnerNames(plan.entries.flatMap(({ holds }) => holds?.ownerId ?? []));
  const expiresAt = Date.parse(plan.expiresAt);
  const isPast = useTicking(useCallback((now) => (now >= expiresAt ? "past" : ""), [expiresAt])) !== "";
  // Whoever has applied it here is on the way to the result already.
  const appliedBy = applying.isBusy ? null : plan.resetId;
  const state = appliedBy !== null ? "applied" : isPast && !applying.isBusy ? "expired" : "open";
  const isBlocked = plan.blockedBy !== null;
  const whyNotMake = isBusy ? "A plan is being made." : whyNoPlan;
  const goBack = () => {
    stepTaken();
    router.push(chooseAgainPath(plan));
  };
  return (
    <div className="flex flex-col gap-4">
      <ReviewTitle plan={plan} state={state} />
      {appliedBy === null ? null : <AppliedPlan resetId={appliedBy} />}
      {state === "expired" ? (
        <ExpiredPlan plan={plan} makePlan={make} isBusy={isBusy} whyNot={whyNoPlan} />
      ) : null}
      {whyNoApply === null ? null : <RefusedNote why={whyNoApply} />}
      <PlanSummary plan={plan} broken={brokenPartitions(group)} makePlan={make} whyNot={whyNotMake} />
      {plan.entries.length === 0 ? null : (
        <Panel title={isOfBlobs(plan) ? "Blobs" : "Partitions"}>
          <PlanTable plan={plan} ownerName={ownerName} />
        </Panel>
      )}
      {state === "open" ? <HttpCalls plan={plan} /> : null}
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
      {state !== "open" ? null : isBlocked ? (
        <BlockedBar plan={plan} group={group} makePlan={make} whyNot={whyNotMake} onBack={goBack} />
      ) : (
        <ConfirmForm
          plan={plan}
          whyNot={whyNoApply}
          {...applying}
          onAgain={() => make(() => planAgain(plan))}
          onBack={goBack}
        />
      )}
    </div>
  );
}
