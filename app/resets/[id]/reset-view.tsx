"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useHealed } from "#app/resets/use-healed.ts";
import { useOwnerNames } from "#app/resets/use-owner-names.tsx";
import { Steps } from "#components/resets/choose/steps.tsx";
import { useMakePlan } from "#components/resets/choose/use-make-plan.ts";
import { Failure } from "#components/resets/failure.tsx";
import { HistoryGone } from "#components/resets/history-gone.tsx";
import { LiveStop } from "#components/resets/result/live-stop.tsx";
import { ResetSummary } from "#components/resets/result/reset-summary.tsx";
import { ResetTable } from "#components/resets/result/reset-table.tsx";
import { RestOfReset } from "#components/resets/result/rest-of-reset.tsx";
import { StateChip } from "#components/resets/result/result-chip.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { SkippedEventView } from "#components/resets/skipped-event.tsx";
import { ReachedTarget } from "#components/resets/target-name.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { StaleStrip } from "#components/shell/stale-strip.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { Reset } from "#lib/api/resets.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { dismissReset } from "#lib/client/browser/use-dismissed.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { isOfBlobs } from "#lib/client/resets/blob-words.ts";
import { hasPosition, kindNoun, kindPreposition, kindTitle } from "#lib/client/resets/plan-kind.ts";
import { planUndo, resetQuery } from "#lib/client/resets/reset-queries.ts";
import { countResults, nothingToUndo, passedReasons } from "#lib/client/resets/reset-words.ts";
import { focusAfterStep } from "#lib/client/resets/step-focus.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";

interface Props {
  whyNoUndo: string | null;
  whyNoStop: string | null;
}

export function ResetView({ resetId, isRead, ...refusals }: Props & { resetId: string; isRead: boolean }) {
  const { data: reset, error, refetch } = useQuery(resetQuery(resetId));
  useHealed(!isRead && reset !== undefined);
  if (reset !== undefined) return <Result reset={reset} error={error} {...refusals} />;
  if (error === null) return <PageSkeleton label="The reset is loading" rows={8} />;
  return (
    <HistoryGone wholePage title="The reset can’t be loaded" error={error} onRetry={() => void refetch()} />
  );
}

function Result({ reset, error, whyNoUndo, whyNoStop }: Props & { reset: Reset; error: Error | null }) {
  useStreamUpdates({ hub: reset.hub }, () => {});
  const router = useRouter();
  const undo = useMakePlan();
  const ownerName = useOwnerNames(
    reset.entries.flatMap(({ live }) => [live?.heldOff, live?.resumedBy].filter((id) => id != null)),
  );
  const name = showText(reset.group);
  const groupPath = consumerGroupPath(reset.hub, reset.group, reset.store);
  const whyNot = whyNoUndo ?? (undo.isBusy ? "The plan is being made." : nothingToUndo(reset));
  const planTheUndo = () => undo.make(() => planUndo(reset.id));
  usePageAction(whyNot === null ? `Undo the ${kindNoun(reset.target)}…` : null, planTheUndo);
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        headingRef={focusAfterStep}
        title={
          <>
            {kindTitle(reset.target)} {kindPreposition(reset.target)}{" "}
            <span className="foreign break-words">{name}</span>
          </>
        }
        badge={<StateChip reset={reset} counts={countResults(reset)} />}
        side={
          <>
            <Button whyDisabled={whyNot} onClick={planTheUndo}>
              {undo.isBusy ? "Making the plan…" : "Undo…"}
            </Button>
            <HelpMark href={helpPagePath("resets", "undo")} of="undo, and who may" />
            {reset.state === "running" ? null : (
              <Button
                look="quiet"
                data-tip="Hides it on the group’s page. The activity keeps it."
                onClick={() => {
                  dismissReset(reset.id);
                  router.push(groupPath);
                }}
              >
                Dismiss
              </Button>
            )}
            <Link href={groupPath} className={buttonClass()}>
              To the group
            </Link>
          </>
        }
      >
        <Steps at="Apply" /> ·{" "}
        {hasPosition(reset.target) ? (
          <>
            to <ReachedTarget reset={reset} />, {reset.mode} ·{" "}
          </>
        ) : null}
        <Link href={groupPath} className="text-accent underline underline-offset-2">
          {name} on {showText(reset.hub)}
        </Link>{" "}
        · store&nbsp;<span className="foreign font-mono">{showText(reset.store)}</span> · by{" "}
        <span className="foreign">{showText(reset.actor)}</span>,{" "}
        <Ticking at={reset.startedAt} format={(now) => formatAge(reset.startedAt, now)} />
      </PageTitle>
      <StaleStrip sources={[]} observedAt={reset.startedAt} fetchError={error} />
      {whyNoUndo === null ? null : <RefusedNote why={whyNoUndo} />}
      {undo.error === null ? null : <Failure title="The undo could not be planned" error={undo.error} />}
      <ResetSummary reset={reset} />
      <RestOfReset reset={reset} whyNot={whyNoUndo} />
      {"skipped" in reset.target ? (
        <SkippedEventView
          event={reset.target.skipped}
          result={reset.entries[0]?.result ?? null}
          isPassed={passedReasons.has(reset.entries[0]?.reason?.code ?? "")}
        />
      ) : null}
      <LiveStop reset={reset} whyNot={whyNoStop} />
      <Panel title={isOfBlobs(reset) ? "Blobs" : "Partitions"}>
        <ResetTable reset={reset} ownerName={ownerName} />
      </Panel>
    </div>
  );
}
