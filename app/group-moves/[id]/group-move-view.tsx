"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { ConfirmGroups } from "#components/moves/groups/confirm-groups.tsx";
import { GroupMoveTable } from "#components/moves/groups/group-move-table.tsx";
import { GroupWarnings } from "#components/moves/groups/group-warnings.tsx";
import { Steps } from "#components/resets/choose/steps.tsx";
import { Failure } from "#components/resets/failure.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { Button } from "#components/ui/button.tsx";
import { Ticking, useTicking } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { GroupMove } from "#lib/api/plans/group-moves.ts";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import { formatAge } from "#lib/client/format/format.ts";
import {
  applyGroupMove,
  groupMoveKey,
  groupMoveQuery,
  stopGroupMove,
} from "#lib/client/moves/group-move-queries.ts";
import { chooseGroupsAgainPath } from "#lib/client/moves/group-move-url.ts";
import {
  endedOf,
  groupMoveSummary,
  groupMoveTitle,
  whyNoUndoOf,
} from "#lib/client/moves/group-move-words.ts";
import { focusAfterStep, stepTaken } from "#lib/client/resets/step-focus.ts";
import { groupMovePath } from "#lib/client/url/paths.ts";
import { useUndoGroups } from "./use-undo-groups.ts";

interface Refusals {
  whyNot: string | null;
  whyNoUndo: string | null;
}

export function GroupMoveView({ id, ...refusals }: Refusals & { id: string }) {
  const { data: move, error } = useQuery(groupMoveQuery(id));
  if (move !== undefined) return <Shown move={move} {...refusals} />;
  if (error !== null) return <Failure title="The move can’t be shown" error={error} />;
  return <PageSkeleton label="The move is loading" rows={8} />;
}

function Shown({ move, whyNot, whyNoUndo }: Refusals & { move: GroupMove }) {
  const router = useRouter();
  const applying = useTaking(move.id, (confirm: string) => applyGroupMove(move.id, confirm));
  const undoing = useUndoGroups(move);
  const stopping = useTaking(move.id, () => stopGroupMove(move.id));
  const { state, entries, results, actor, from, to, stopAsked, undoes, undoneBy } = move;
  const expiresAt = move.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(move.expiresAt);
  const isPast = useTicking(useCallback((now) => (now >= expiresAt ? "past" : ""), [expiresAt])) !== "";
  const isUnderWay = state === "planning" || state === "running";
  const settled = state === "planning" ? entries.length - results.pending : endedOf(move);
  const goBack = () => {
    stepTaken();
    router.push(undoes === null ? chooseGroupsAgainPath(move) : groupMovePath(undoes));
  };
  const isOver = move.startedAt !== null && !isUnderWay;
  const whyNotUndo = whyNoUndo ?? (undoing.isBusy ? "The plans are being made." : whyNoUndoOf(move));
  usePageAction(isOver && whyNotUndo === null ? "Undo the move of groups…" : null, undoing.undo);
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        headingRef={focusAfterStep}
        title={groupMoveTitle(move)}
        side={
          isOver ? (
            <Button whyDisabled={whyNotUndo} onClick={undoing.undo}>
              Undo…
            </Button>
          ) : null
        }
      >
        <Steps at={move.startedAt === null ? "Review" : "Apply"} /> · from{" "}
        <span className="foreign font-mono">{from.store}</span> to{" "}
        <span className="foreign font-mono">{to.store}</span> ·{" "}
        {from.allHubs ? "every event hub of the container" : `on ${from.hub}`} · by {actor}
        {move.startedAt === null ? null : <Since at={move.startedAt} />}
        {undoes === null ? null : <OtherMove id={undoes} text="The move that this undoes" />}
        {undoneBy === null ? null : <OtherMove id={undoneBy} text="Its undo" />}
      </PageTitle>
      {whyNot === null ? null : <RefusedNote why={whyNot} />}
      <section
        aria-label="Progress"
        className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-2.5"
      >
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p role="status" className="figures min-w-0 flex-1 basis-60 text-pretty font-medium">
            {groupMoveSummary(move)}
          </p>
          {isUnderWay ? (
            <Button
              look="danger"
              whyDisabled={
                whyNot ?? (stopAsked !== null || stopping.isBusy ? "That was asked for already." : null)
              }
              onClick={() => stopping.take("")}
              data-tip="Groups that are being written are written to their end"
            >
              <Icon name="octagon-x" className="size-3.5" />
              Stop
            </Button>
          ) : null}
        </div>
        {isUnderWay ? <Progress label="Groups" share={settled / entries.length} /> : null}
        <p className="text-note text-muted">{noteOf(move)}</p>
        {state === "planned" ? <GroupWarnings move={move} /> : null}
      </section>
      {[applying.error, stopping.error, undoing.error].map((error) =>
        error === null ? null : <Failure key={error.message} title="Not done" error={error} />,
      )}
      <GroupMoveTable move={move} />
      {state !== "planned" ? null : (
        <ConfirmGroups
          move={move}
          whyNot={whyNot ?? (isPast ? "These plans have expired: go back, and make new ones." : null)}
          isBusy={applying.isBusy}
          onApply={applying.take}
          onBack={goBack}
        />
      )}
    </div>
  );
}

function Since({ at }: { at: string }) {
  return (
    <>
      , <Ticking at={at} format={(now) => formatAge(at, now)} />
    </>
  );
}

function OtherMove({ id, text }: { id: string; text: string }) {
  return (
    <>
      {" · "}
      <Link href={groupMovePath(id)} className="text-accent underline underline-offset-2">
        {text}
      </Link>
    </>
  );
}

function noteOf({ state, whenRunning, results, stopAsked, undoes }: GroupMove): string {
  if (state === "planned" && undoes !== null) {
    return whenRunning === "wait"
      ? "Each running group is undone once you stop it. Checkpoints written after the move stay."
      : "Running groups are skipped. Checkpoints written after the move stay.";
  }
  if (state === "planned") {
    return whenRunning === "wait"
      ? "Each running group is moved once you stop it. The old checkpoints are kept."
      : "Running groups are skipped. The old checkpoints are kept.";
  }
  if (state === "running" && stopAsked !== null) return `${stopAsked.actor} asked to stop it.`;
  if (state === "running" && results.waiting > 0)
    return "Stop the processors of the groups that wait: each is written then.";
  if (state === "running")
    return "It goes on when this page is closed, and after a restart of the dashboard.";
  if (state === "planning") return "Nothing is written before you confirm.";
  return "Each group has resets of its own. Undo them all at once, or one group by its reset.";
}

function useTaking(id: string, run: (value: string) => Promise<GroupMove>) {
  const client = useQueryClient();
  const doing = useMutation({
    mutationFn: run,
    onSuccess: (next) => client.setQueryData(groupMoveKey(id), next),
    onError: () => client.invalidateQueries({ queryKey: groupMoveKey(id) }),
  });
  return { take: (value: string) => doing.mutate(value), isBusy: doing.isPending, error: doing.error };
}
