"use client";

import { useQuery } from "@tanstack/react-query";
import { ChooseTitle } from "#app/choose-title.tsx";
import { NotReadYet } from "#app/not-read-yet.tsx";
import { PlanFooter } from "#components/moves/choose/plan-footer.tsx";
import { SourceChoice } from "#components/moves/choose/source-choice.tsx";
import { TargetFields } from "#components/moves/choose/target-fields.tsx";
import { PartitionsField } from "#components/resets/choose/partitions-field.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { consumerGroupQuery } from "#lib/client/http/hub-queries.ts";
import { chooseMove, moveParsers } from "#lib/client/moves/move-url.ts";
import { previewMove } from "#lib/client/resets/reset-queries.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  stores: Readonly<Record<string, readonly string[]>>;
  whyNot: string | null;
}

export function MoveView({ address, stores, whyNot }: Props) {
  const { data: group } = useQuery(consumerGroupQuery(address));
  const [url, setUrl] = useQueryState(moveParsers);
  if (group === undefined) return <PageSkeleton label="The group is loading" rows={8} />;
  const known = group.partitions.map(({ partitionId }) => partitionId);
  const chosen = chooseMove(url, known);
  return (
    <div className="flex flex-col gap-4">
      <ChooseTitle verb="Move checkpoints of" {...{ group, address }} />
      {whyNot === null ? null : <RefusedNote why={whyNot} />}
      {group.observedAt === null ? (
        <NotReadYet name={group.name} error={group.error} />
      ) : (
        <>
          <Panel title="Partitions">
            <PartitionsField
              known={known}
              note="Partitions without a checkpoint are left alone."
              text={url.partitions}
              onChange={(partitions) => setUrl({ partitions })}
            />
          </Panel>
          <Panel title="Which checkpoints">
            <SourceChoice
              format={url.format}
              formats={group.formats}
              onChange={(format) => setUrl({ format })}
            />
          </Panel>
          <Panel title="Where to">
            <TargetFields address={address} url={url} onChange={(change) => setUrl(change)} stores={stores} />
          </Panel>
          <PlanFooter
            plan={"request" in chosen ? () => previewMove(address, chosen.request) : chosen}
            whyNot={whyNot}
            address={address}
          />
        </>
      )}
    </div>
  );
}
