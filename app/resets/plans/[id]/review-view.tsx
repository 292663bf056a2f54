"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useHealed } from "#app/resets/use-healed.ts";
import { useOwnerNames } from "#app/resets/use-owner-names.tsx";
import { SaveEvent } from "#components/lag/partitions/save-event.tsx";
import { CleanupLink } from "#components/moves/cleanup-link.tsx";
import { MoveTable } from "#components/moves/review/move-table.tsx";
import { OccupiedPanel } from "#components/moves/review/occupied-panel.tsx";
import { useMakePlan } from "#components/resets/choose/use-make-plan.ts";
import { Failure } from "#components/resets/failure.tsx";
import { HttpCalls } from "#components/resets/http-calls.tsx";
import { BlockedBar } from "#components/resets/review/blocked-bar.tsx";
import { ConfirmForm, useTypedName } from "#components/resets/review/confirm-form.tsx";
import { PlanGone } from "#components/resets/review/plan-gone.tsx";
import { AppliedPlan, ExpiredPlan } from "#components/resets/review/plan-over.tsx";
import { PlanRenewed } from "#components/resets/review/plan-renewed.tsx";
import { PlanSummary } from "#components/resets/review/plan-summary.tsx";
import { PlanTable } from "#components/resets/review/plan-table.tsx";
import { PlanWait } from "#components/resets/review/plan-wait.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { useApplyPlan } from "#components/resets/review/use-apply-plan.ts";
import { useRenewedPlan } from "#components/resets/review/use-renewed-plan.ts";
import { SkippedEventView, UndoneSkip } from "#components/resets/skipped-event.tsx";
import { useTicking } from "#components/ui/clock.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { KnownPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { consumerGroupQuery } from "#lib/client/http/hub-queries.ts";
import { keys } from "#lib/client/http/queries.ts";
import { resetKeys } from "#lib/client/http/reset-keys.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { chooseAgainPath } from "#lib/client/resets/choose-again.ts";
import { planAgain } from "#lib/client/resets/plan-again.ts";
import { brokenPartitions } from "#lib/client/resets/plan-ways.ts";
import { planQuery, previewReset } from "#lib/client/resets/reset-queries.ts";
import { changeWords, planChanges } from "#lib/client/resets/review/plan-changes.ts";
import { hasPassedEvent } from "#lib/client/resets/review/plan-watch.ts";
import { waitsFor } from "#lib/client/resets/review/wait-words.ts";
import { stepTaken } from "#lib/client/resets/step-focus.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";
import { planPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { ReviewTitle } from "./review-title.tsx";

interface Props {
  /** False: the group that a move goes to has no blob yet, and there is nothing to ask for. */
  isGroupThere: boolean;
  whyNoPlan: string | null;
  whyNoApply: string | null;
}

export function ReviewView({ planId, isRead, ...rest }: Props & { planId: string; isRead: boolean }) {
  const client = useQueryClient();
  const [shown, setShown] = useState<{ planId: string; changed: string | null }>({ planId, changed: null });
  const { data: plan, error, refetch } = useQuery(planQuery(shown.planId));
  useHealed(!isRead && plan !== undefined);
  const renew = (before: KnownPlan, after: KnownPlan, isAsked: boolean) => {
    client.setQueryData(resetKeys.plan(after.planId), after);
    // Changes the address without a new page, so that typed and unfolded parts stay.
    window.history.replaceState(null, "", planPath(after.planId));
    const changed = changeWords(planChanges(before, after));
    setShown({ planId: after.planId, changed: changed ?? (isAsked ? "Nothing changed." : null) });
  };
  if (plan !== undefined)
    return (
      <Review
        plan={plan}
        changed={shown.changed}
        onRenewed={(next, isAsked) => renew(plan, next, isAsked)}
        {...rest}
      />
    );
  if (error !== null) return <PlanGone error={error} onRetry={() => void refetch()} />;
  return <PageSkeleton label="The plan is loading" rows={8} />;
}

function useGroupNow(address: GroupAddress, enabled: boolean): ConsumerGroupDetail | undefined {
  const client = useQueryClient();
  const { data: group } = useQuery({ ...consumerGroupQuery(address), enabled });
  useStreamUpdates(address, (event, { mergeConsumerGroup }) =>
    client.setQueryData<ConsumerGroupDetail>(
      keys.consumerGroup(address),
      (before) => before && mergeConsumerGroup(before, event),
    ),
  );
  return group;
}

function ownersIn({ holds, owners }: ResetPlanEntry): string[] {
  return [holds?.ownerId, owners?.source, owners?.target].flatMap((id) => id ?? []);
}

interface ReviewProps extends Props {
  plan: KnownPlan;
  changed: string | null;
  onRenewed: (plan: KnownPlan, isAsked: boolean) => void;
}

function Review({ plan, changed, onRenewed, isGroupThere, whyNoPlan, whyNoApply }: ReviewProps) {
  const router = useRouter();
  const { make, isBusy, error } = useMakePlan();
  const applying = useApplyPlan(plan);
  const { hub, group: name, store } = plan;
  const group = useGroupNow({ hub, group: name, store }, isGroupThere);
  const move = plan.target.kind === "move" ? plan.target : null;
  const ownerName = useOwnerNames(plan.entries.flatMap(ownersIn));
  const isCleanupAsked = plan.warnings.some(({ code }) => code === "blobsOfNoPartition");
  const expiresAt = Date.parse(plan.expiresAt);
  const isPast = useTicking(useCallback((now) => (now >= expiresAt ? "past" : ""), [expiresAt])) !== "";
  // After applying here, the reader is already on the way to the result.
  const appliedBy = applying.isBusy ? null : plan.resetId;
  const state = appliedBy !== null ? "applied" : isPast && !applying.isBusy ? "expired" : "open";
  const isOpen = state !== "applied" && !applying.isBusy && !isBusy && whyNoPlan === null;
  const typedName = useTypedName(plan);
  const isPassed = isOpen && hasPassedEvent(plan, group);
  const renewal = useRenewedPlan({ plan, group, isOpen: isOpen && !isPassed, onRenewed });
  const isWaiting = renewal.watch !== null && renewal.watch.waiting.length > 0;
  const isBlocked = plan.blockedBy !== null;
  const whyNotMake = isBusy ? "A plan is being made." : whyNoPlan;
  const whyNotNow = isPassed
    ? "The group has passed the event meanwhile."
    : isBlocked
      ? "Nothing can be written until the block is gone."
      : null;
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
      <PlanRenewed plan={plan} changed={changed} />
      <PlanSummary plan={plan} broken={brokenPartitions(group)} makePlan={make} whyNot={whyNotMake} />
      {isCleanupAsked ? (
        <p>
          <CleanupLink address={{ hub, group: name, store }} whyNot={whyNoApply} />
        </p>
      ) : null}
      {"skipped" in plan.target ? (
        <SkippedEventView event={plan.target.skipped} isPassed={isPassed}>
          <p className="flex flex-wrap items-center gap-2">
            <SaveEvent address={{ hub, group: name, store }} {...plan.target.skipped} whyNot={whyNoPlan} />
            <span className="text-note text-muted">Keep it before you skip it: retention deletes it.</span>
          </p>
        </SkippedEventView>
      ) : null}
      {plan.target.kind === "undo" ? <UndoneSkip resetId={plan.target.resetId} /> : null}
      {plan.entries.length === 0 ? null : (
        <Panel title={isOfBlobs(plan) ? "Blobs" : "Partitions"}>
          {move === null ? (
            <PlanTable
              plan={plan}
              ownerName={ownerName}
              typing={
                state !== "applied" && whyNoPlan === null
                  ? { group, makePlan: (body) => make(() => previewReset(plan, body)), whyNot: whyNotMake }
                  : null
              }
            />
          ) : (
            <MoveTable plan={plan} ownerName={ownerName} />
          )}
        </Panel>
      )}
      {state !== "open" || move === null ? null : (
        <OccupiedPanel key={plan.planId} plan={plan} target={move} makePlan={make} whyNot={whyNotMake} />
      )}
      {state === "open" ? <HttpCalls plan={plan} /> : null}
      {error === null ? null : <Failure title="No plan could be made" error={error} />}
      {state !== "open" ? null : isBlocked && !isWaiting ? (
        <BlockedBar plan={plan} group={group} makePlan={make} whyNot={whyNotMake} onBack={goBack} />
      ) : (
        <ConfirmForm
          plan={plan}
          typedName={typedName}
          whyNot={whyNoApply ?? whyNotNow}
          {...applying}
          onAgain={() => make(() => planAgain(plan))}
          onBack={goBack}
          line={isWaiting && renewal.watch !== null ? waitsFor(renewal.watch) : null}
        >
          <PlanWait plan={plan} group={group} renewal={renewal} makePlan={make} whyNot={whyNotMake} />
        </ConfirmForm>
      )}
    </div>
  );
}
