"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { NotReadYet } from "#app/not-read-yet.tsx";
import { ChooseFields } from "#components/moves/groups/choose-fields.tsx";
import { Steps } from "#components/resets/choose/steps.tsx";
import { Failure } from "#components/resets/failure.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { StickyBar } from "#components/resets/sticky-bar.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { Button } from "#components/ui/button.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { GroupMovePreviewRequest } from "#lib/api/plans/group-moves.ts";
import { eventHubQuery } from "#lib/client/http/hub-queries.ts";
import { groupMoveKey, previewGroupMove } from "#lib/client/moves/group-move-queries.ts";
import { chooseGroupMove, groupMoveParsers } from "#lib/client/moves/group-move-url.ts";
import { focusAfterStep, stepTaken } from "#lib/client/resets/step-focus.ts";
import { eventHubPath, groupMovePath } from "#lib/client/url/paths.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";

export function MoveGroupsView({ hubId, whyNot }: { hubId: string; whyNot: string | null }) {
  const { data: hub } = useQuery(eventHubQuery(hubId));
  const [url, setUrl] = useQueryState(groupMoveParsers);
  const { make, isBusy, error } = useMakeMove();
  if (hub === undefined) return <PageSkeleton label="The event hub is loading" rows={8} />;
  const stores = [
    ...new Set([
      ...hub.consumerGroups.map(({ store }) => store),
      ...hub.checkpointStores.map(({ id }) => id),
    ]),
  ];
  const store = url.store ?? stores[0] ?? null;
  const to = url.to ?? stores.find((one) => one !== store) ?? store;
  const names = hub.consumerGroups.filter((group) => group.store === store).map(({ name }) => name);
  const chosen = chooseGroupMove(hubId, { ...url, store, to }, names);
  const missing = "missing" in chosen ? chosen.missing : null;
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        headingRef={focusAfterStep}
        observedAt={hub.observedAt}
        title={
          <>
            Move groups of <span className="foreign break-words">{hubId}</span>
          </>
        }
      >
        <Steps at="Choose" />
      </PageTitle>
      {whyNot === null ? null : <RefusedNote why={whyNot} />}
      {hub.observedAt === null ? (
        <NotReadYet name={hubId} error={hub.error} />
      ) : (
        <>
          <ChooseFields
            url={{ ...url, store, to }}
            stores={stores}
            count={"count" in chosen ? chosen.count : null}
            onChange={(change) => setUrl(change)}
          />
          {error === null ? null : <Failure title="No plan could be made" error={error} />}
          <StickyBar>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-surface px-4 py-2.5">
              <Link href={eventHubPath(hubId)} className="text-accent underline underline-offset-2">
                Back to the event hub
              </Link>
              <p role="status" className="min-w-0 flex-1 basis-60 text-right text-muted max-sm:text-left">
                {missing ?? "Nothing changes until you review and confirm."}
              </p>
              <Button
                look="primary"
                whyDisabled={whyNot ?? (isBusy ? "The plans are being made." : missing)}
                onClick={() => "request" in chosen && make(chosen.request)}
              >
                Review
              </Button>
            </div>
          </StickyBar>
        </>
      )}
    </div>
  );
}

function useMakeMove() {
  const client = useQueryClient();
  const router = useRouter();
  const making = useMutation({
    mutationFn: (request: GroupMovePreviewRequest) => previewGroupMove(request),
    onSuccess: (move) => {
      client.setQueryData(groupMoveKey(move.id), move);
      stepTaken();
      router.push(groupMovePath(move.id));
    },
  });
  return {
    make: (request: GroupMovePreviewRequest) => making.mutate(request),
    isBusy: making.isPending || making.isSuccess,
    error: making.error,
  };
}
