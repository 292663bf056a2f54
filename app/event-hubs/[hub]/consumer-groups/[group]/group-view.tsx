"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { NotReadYet } from "#app/not-read-yet.tsx";
import { useGroupOwnerColors } from "#app/use-group-owner-colors.ts";
import { Problems } from "#components/lag/findings/problems.tsx";
import { GoneGroup } from "#components/lag/gone-group.tsx";
import { GroupFigures } from "#components/lag/group-figures.tsx";
import { TrendPanel } from "#components/lag/history/trend-panel.tsx";
import { PartitionEvents } from "#components/lag/partitions/partition-events.tsx";
import { PartitionTable } from "#components/lag/partitions/partition-table.tsx";
import { StatusChip } from "#components/lag/status-chip.tsx";
import { CleanupLink } from "#components/moves/cleanup-link.tsx";
import { MoreMenu } from "#components/moves/more-menu.tsx";
import { OwnerRenewed } from "#components/owners/owner.tsx";
import { OwnerLegend } from "#components/owners/owner-legend.tsx";
import { useOwnerCell } from "#components/owners/use-owner-cell.tsx";
import { ExportMenu } from "#components/resets/choose/export-menu.tsx";
import { ResetLink } from "#components/resets/result/reset-link.tsx";
import { ResetStrip } from "#components/resets/result/reset-strip.tsx";
import { ResumeAfter } from "#components/resets/resume-after.tsx";
import { SkipEvent } from "#components/resets/skip-event.tsx";
import { Favicon } from "#components/shell/favicon.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { StaleStrip } from "#components/shell/stale-strip.tsx";
import { useClock } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import type { Trend } from "#lib/api/overview.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { plural } from "#lib/client/format/format.ts";
import type { TimeRange } from "#lib/client/history/time-range.ts";
import { consumerGroupQuery, trendQuery } from "#lib/client/http/hub-queries.ts";
import { keys } from "#lib/client/http/queries.ts";
import { shownChip } from "#lib/client/lag/attention.ts";
import { whyNoEvents } from "#lib/client/lag/read-event.ts";
import { groupStaleSources } from "#lib/client/lag/stale-sources.ts";
import { chipTone } from "#lib/client/lag/status-words.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";
import { eventHubPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { formatRanges } from "#lib/core/figures.ts";
import { GroupTabs } from "./group-tabs.tsx";
import { ReadSuspect } from "./read-suspect.tsx";
import { SkipStalled } from "./skip-stalled.tsx";
import { useGroupPast } from "./use-group-past.ts";
import { useReadRequest } from "./use-read-request.ts";

function useGroup(address: GroupAddress, hub: EventHub) {
  const [readEvery, setReadEvery] = useState(hub.readEvery);
  const group = useQuery(consumerGroupQuery(address));
  const trend = useQuery(trendQuery(address));
  const client = useQueryClient();
  const now = useClock();
  useStreamUpdates(
    { hub: address.hub, group: address.group, store: address.store },
    (event, { mergeConsumerGroup, mergeTrend }) => {
      setReadEvery(event.eventHub.readEvery);
      client.setQueryData<ConsumerGroupDetail>(
        keys.consumerGroup(address),
        (b) => b && mergeConsumerGroup(b, event),
      );
      client.setQueryData<Trend>(keys.trend(address), (b) => b && mergeTrend(b, event, now()));
      // Live ranges grew by one refresh; a pending request is not repeated.
      void client.invalidateQueries({ queryKey: keys.past(address, true) }, { cancelRefetch: false });
    },
  );
  return { group: group.data, trend: trend.data, error: group.error ?? trend.error, readEvery };
}

interface Props {
  address: GroupAddress;
  hub: EventHub;
  firstRange: TimeRange;
  dismissed: string;
  whyNoReset: string | null;
  whyNoExport: string | null;
  whyNoCleanup: string | null;
  whyNoDismiss: string | null;
  whyNoEvent: string | null;
}

export function GroupView({
  address,
  hub,
  firstRange,
  dismissed,
  whyNoReset,
  whyNoExport,
  whyNoCleanup,
  whyNoDismiss,
  whyNoEvent,
}: Props) {
  const { group, trend, error, readEvery } = useGroup(address, hub);
  const past = useGroupPast(address, firstRange);
  const colors = useGroupOwnerColors(group, past.owners);
  const ownerCell = useOwnerCell(colors);
  const renewedCell = useCallback(({ owner }: GroupPartition) => <OwnerRenewed owner={owner} />, []);
  const { hasInspectionGroup } = hub;
  const isOwned = (group?.owners.length ?? 0) > 0;
  const formats = group?.formats;
  const slowestCheckpoint = group?.slowestCheckpoint;
  const [asked, ask] = useReadRequest();
  const whyNoRead = whyNoEvent ?? whyNoEvents(hasInspectionGroup, isOwned);
  const whyNoSkip = whyNoReset ?? whyNoRead;
  const skipOf = useCallback(
    (partition: GroupPartition, sequenceNumber: number, isNamed = false) => (
      <SkipEvent
        address={address}
        group={{ formats: formats ?? [], slowestCheckpoint }}
        partition={partition}
        sequenceNumber={sequenceNumber}
        whyNot={whyNoSkip}
        isNamed={isNamed}
      />
    ),
    [address, formats, slowestCheckpoint, whyNoSkip],
  );
  const resumeOf = useCallback(
    (partition: GroupPartition, sequenceNumber: number, text?: string) => (
      <ResumeAfter
        address={address}
        group={{ formats: formats ?? [] }}
        partition={partition}
        sequenceNumber={sequenceNumber}
        whyNot={whyNoReset}
        {...(text !== undefined && { text })}
      />
    ),
    [address, formats, whyNoReset],
  );
  const eventsOf = useCallback(
    (partition: GroupPartition) => (
      <PartitionEvents
        address={address}
        partition={partition}
        whyNot={whyNoRead}
        skip={skipOf}
        resume={resumeOf}
        isAsked={partition.partitionId === asked}
        onTaken={() => ask(null)}
      />
    ),
    [address, whyNoRead, skipOf, resumeOf, asked, ask],
  );
  const sources = useMemo(() => (group ? groupStaleSources(group, hub) : []), [group, hub]);
  if (group === undefined) return <PageSkeleton label="The group is loading" rows={8} />;

  const unread = group.observedAt === null;
  const isGone = group.goneSince !== null;
  return (
    <div className="flex flex-col gap-4">
      <Favicon tone={chipTone(shownChip(group))} />
      <PageTitle
        observedAt={group.observedAt}
        pace={readEvery?.reason.message}
        badge={
          <>
            <StatusChip chip={shownChip(group)} />
            <CopyButton text={group.name} what="group's name" />
          </>
        }
        side={
          unread ? null : isGone ? (
            <MoreMenu
              address={address}
              whyNoMove="The group has no checkpoint to move."
              whyNoCleanup={whyNoCleanup}
            />
          ) : (
            <>
              <MoreMenu address={address} whyNoMove={whyNoReset} whyNoCleanup={whyNoCleanup} />
              <ExportMenu address={address} whyNot={whyNoExport} />
              <ResetLink address={address} whyNot={whyNoReset} />
            </>
          )
        }
        title={
          <span className="foreign line-clamp-2 break-words" dir="auto">
            {showText(group.name)}
          </span>
        }
      >
        on{" "}
        <Link href={eventHubPath(hub.id)} className="foreign font-mono hover:text-ink hover:underline">
          {hub.id}
        </Link>{" "}
        · {hub.fullyQualifiedNamespace} · store&nbsp;<span className="foreign font-mono">{group.store}</span>
      </PageTitle>
      <StaleStrip
        sources={unread ? [] : sources}
        observedAt={group.observedAt}
        fetchError={error}
        isUnread={unread && (group.error ?? hub.error) !== null}
      />
      {unread ? (
        <NotReadYet name={group.name} error={group.error ?? hub.error} />
      ) : (
        <>
          <ResetStrip address={address} whyNoUndo={whyNoReset} dismissed={dismissed} />
          {isGone ? null : (
            <div className="flex flex-col gap-4">
              <GroupFigures group={group} />
              {/* On a phone problems come first, since the figures fill the screen. */}
              <Problems
                group={group}
                actionOf={({ kind, partitionIds, suspects = [] }) => (
                  <div className="flex flex-wrap gap-2 pt-1 empty:hidden">
                    <ReadSuspect partitionIds={suspects} whyNot={whyNoRead} onRead={ask} />
                    {kind === "stall" ? (
                      <SkipStalled group={group} partitionIds={partitionIds} skip={skipOf} />
                    ) : null}
                  </div>
                )}
                noteActionOf={(code) =>
                  code === "blockingBlobs" ? <CleanupLink address={address} whyNot={whyNoCleanup} /> : null
                }
              />
            </div>
          )}
          <GroupTabs
            address={address}
            group={group}
            past={past}
            colors={colors}
            partitionsTab={
              isGone ? (
                <GoneGroup address={address} group={group} whyNot={whyNoDismiss} />
              ) : (
                <>
                  {trend === undefined ? null : <TrendPanel trend={trend} status={group.status} />}
                  <Panel title="Partitions" note={<OwnerLegend group={group} colors={colors} />}>
                    <PartitionTable
                      partitions={group.partitions}
                      fileName={`${address.hub}-${address.group}.csv`}
                      ownerCell={ownerCell}
                      renewedCell={renewedCell}
                      actions={
                        whyNoReset !== null
                          ? null
                          : (ids) => (
                              <ResetLink
                                address={address}
                                whyNot={null}
                                partitions={formatRanges(ids)}
                                text={`Reset ${plural(ids.length, "partition")}…`}
                              />
                            )
                      }
                      eventsOf={eventsOf}
                      asked={asked}
                    />
                  </Panel>
                </>
              )
            }
          />
        </>
      )}
    </div>
  );
}
