"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { ChooseTitle } from "#app/choose-title.tsx";
import { NotReadYet } from "#app/not-read-yet.tsx";
import { useGroupOwnerColors } from "#app/use-group-owner-colors.ts";
import { useOwnerCell } from "#components/owners/use-owner-cell.tsx";
import { ChooseFooter } from "#components/resets/choose/choose-footer.tsx";
import { FileFields } from "#components/resets/choose/file-fields.tsx";
import { InspectionNote } from "#components/resets/choose/inspection-note.tsx";
import { ModeChoice } from "#components/resets/choose/mode-choice.tsx";
import { OwnersNote } from "#components/resets/choose/owners-note.tsx";
import { PartitionChoice } from "#components/resets/choose/partition-choice.tsx";
import { TargetChoice } from "#components/resets/choose/target-choice.tsx";
import type { OtherGroup } from "#components/resets/choose/target-fields.tsx";
import { RefusedNote } from "#components/resets/review/refused-note.tsx";
import { StaleStrip } from "#components/shell/stale-strip.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { ConsumerGroupDetail } from "#lib/api/consumer-group.ts";
import type { ResetMode } from "#lib/api/resets.ts";
import { consumerGroupQuery } from "#lib/client/http/hub-queries.ts";
import { keys } from "#lib/client/http/queries.ts";
import { parseRanges } from "#lib/client/lag/partition-ranges.ts";
import type { HubIdentity } from "#lib/client/positions/imported-positions.ts";
import { useImportedFile } from "#lib/client/positions/use-imported-file.ts";
import { choose, usualMode } from "#lib/client/resets/reset-choice.ts";
import { resetParsers } from "#lib/client/resets/reset-url.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";
import { consumerGroupPath } from "#lib/client/url/paths.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

interface Props {
  address: GroupAddress;
  identity: HubIdentity | null;
  hasInspectionGroup: boolean;
  otherGroups: readonly OtherGroup[];
  whyNot: string | null;
}

export function ChooseView({ address, identity, hasInspectionGroup, otherGroups, whyNot }: Props) {
  const { data: group, error } = useQuery(consumerGroupQuery(address));
  const client = useQueryClient();
  useStreamUpdates(
    { hub: address.hub, group: address.group, store: address.store },
    (event, { mergeConsumerGroup }) =>
      client.setQueryData<ConsumerGroupDetail>(
        keys.consumerGroup(address),
        (before) => before && mergeConsumerGroup(before, event),
      ),
  );
  const [asked, setUrl] = useQueryState(resetParsers);
  // As the group was at the first look: it changes under nobody's eyes.
  const [usual, setUsual] = useState<ResetMode | null>(null);
  if (usual === null && group !== undefined && group.observedAt !== null) setUsual(usualMode(group));
  const url = { ...asked, mode: asked.mode ?? usual ?? "offline" };
  const imported = useImportedFile(url.file, (file) => setUrl({ file, fileBy: null }));
  const colors = useGroupOwnerColors(group, undefined);
  const ownerCell = useOwnerCell(colors);
  const onPartitions = useCallback((partitions: string | null) => setUrl({ partitions }), [setUrl]);
  if (group === undefined) return <PageSkeleton label="The group is loading" rows={8} />;

  const known = group.partitions.map(({ partitionId }) => partitionId);
  const ids = url.partitions === null ? null : parseRanges(url.partitions, known).ids;
  const chosen = group.partitions.filter(({ partitionId }) => ids === null || ids.includes(partitionId));
  const { state } = imported;
  const file = state.kind === "read" && identity !== null ? { file: state.file, hub: identity, known } : null;
  const groupPath = consumerGroupPath(address.hub, address.group, address.store);
  return (
    <div className="flex flex-col gap-4">
      <ChooseTitle verb="Reset checkpoints of" {...{ group, address }} />
      <StaleStrip sources={[]} observedAt={group.observedAt} fetchError={error} />
      {whyNot === null ? null : <RefusedNote why={whyNot} />}
      {group.observedAt === null ? (
        <NotReadYet name={group.name} error={group.error} />
      ) : (
        <>
          <Panel title="Partitions">
            <PartitionChoice
              partitions={group.partitions}
              text={url.partitions}
              onChange={onPartitions}
              ownerCell={ownerCell}
            />
          </Panel>
          <Panel title="Where the group reads next">
            <TargetChoice
              url={url}
              onChange={(change) => setUrl(change)}
              otherGroups={otherGroups}
              file={
                <FileFields
                  state={state}
                  onFile={(one) => void imported.take(one)}
                  choice={file}
                  by={url.fileBy}
                  onBy={(fileBy) => setUrl({ fileBy })}
                />
              }
            />
          </Panel>
          <Panel title="How">
            <OwnersNote chosen={chosen} mode={url.mode} />
            <ModeChoice
              mode={url.mode}
              handlerSeconds={url.handler}
              slowest={group.slowestCheckpoint ?? null}
              onChange={(change) => setUrl(change)}
              formats={group.formats}
            />
            {hasInspectionGroup ? null : <InspectionNote url={url} chosen={chosen} />}
          </Panel>
          <ChooseFooter
            address={address}
            chosen={choose(url, known, file, group.slowestCheckpoint?.seconds)}
            partitionCount={known.length}
            whyNot={whyNot}
            back={
              <Link href={groupPath} className="text-accent underline underline-offset-2">
                Back to the group
              </Link>
            }
          />
        </>
      )}
    </div>
  );
}
