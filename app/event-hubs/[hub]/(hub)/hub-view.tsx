"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { NotReadYet } from "#app/not-read-yet.tsx";
import { HubFigures } from "#components/lag/hub-figures.tsx";
import { GroupTable } from "#components/lag/overview/group-table.tsx";
import { HubPartitionTable } from "#components/lag/partitions/hub-partition-table.tsx";
import { Favicon } from "#components/shell/favicon.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { StaleStrip } from "#components/shell/stale-strip.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PageSkeleton } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { Link } from "#components/ui/text/link.tsx";
import type { EventHubDetail } from "#lib/api/event-hub.ts";
import { formatCount, unknownMark } from "#lib/client/format/format.ts";
import { eventHubQuery } from "#lib/client/http/hub-queries.ts";
import { keys } from "#lib/client/http/queries.ts";
import { worstOf } from "#lib/client/lag/attention.ts";
import { unreadSources } from "#lib/client/lag/first-reading.ts";
import { staleSources } from "#lib/client/lag/stale-sources.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";
import { hubParsers, type hubTabs } from "#lib/client/url/page-state.ts";
import { diagnosisPath, moveGroupsPath } from "#lib/client/url/paths.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";

const noHubs: string[] = [];
const kafkaNote = (
  <>
    Groups of the Kafka protocol are not shown here:{" "}
    <Link href="/help/figures#groups-that-are-not-shown" className="underline underline-offset-2">
      why
    </Link>
    .
  </>
);

export function HubView({ id }: { id: string }) {
  const { data: hub, error } = useQuery(eventHubQuery(id));
  const client = useQueryClient();
  useStreamUpdates({ hub: id, hubPartitions: "true" }, (event, { mergeEventHub }) =>
    client.setQueryData<EventHubDetail>(
      keys.eventHub(id),
      (before) => before && mergeEventHub(before, event),
    ),
  );
  const [{ tab }, setUrl] = useQueryState(hubParsers);
  const groups = hub?.consumerGroups;
  const rows = useMemo(() => (groups ?? []).map((group) => ({ hubId: id, group, trend: [] })), [groups, id]);
  if (hub === undefined) return <PageSkeleton label="The event hub is loading" rows={8} />;

  const unread = hub.observedAt === null;
  // The tables share URL keys: one's filter must not hide the other's rows.
  const choose = (next: string) =>
    setUrl({ tab: next as (typeof hubTabs)[number], q: null, sort: null, columns: null, status: null });
  const unreadStores = unreadSources([hub]);
  const unreadStore = unreadStores.find(({ error: fault }) => fault !== null) ?? unreadStores[0];
  const groupsTab =
    rows.length === 0 && unreadStore !== undefined ? (
      <NotReadYet name={`Store ${unreadStore.store}`} error={unreadStore.error} />
    ) : rows.length === 0 ? (
      <Message
        kind="empty"
        icon={<Icon name="circle-dashed" className="size-7" />}
        title="No consumer groups yet"
      >
        A group appears once a processor has claimed a partition or written a checkpoint. {kafkaNote}
      </Message>
    ) : (
      <Panel>
        <GroupTable rows={rows} hubs={noHubs} fileName={`${id}-consumer-groups.csv`} />
        <p className="border-line border-t px-4 py-2 text-muted text-note">{kafkaNote}</p>
      </Panel>
    );
  return (
    <div className="flex flex-col gap-4">
      <Favicon tone={worstOf(hub.consumerGroups)} />
      <PageTitle
        observedAt={hub.observedAt}
        pace={hub.readEvery?.reason.message}
        badge={<CopyButton text={hub.eventHubName} what="event hub's name" />}
        title={<span className="foreign break-words">{hub.id}</span>}
      >
        event hub{" "}
        {hub.eventHubName === hub.id ? null : (
          <>
            <span className="foreign">{hub.eventHubName}</span>{" "}
          </>
        )}
        on {hub.fullyQualifiedNamespace}
        {" · "}
        <Link href={diagnosisPath(id)} className="text-accent underline underline-offset-2">
          Diagnosis
        </Link>
        {" · "}
        <Link href={moveGroupsPath(id)} className="text-accent underline underline-offset-2">
          Move groups…
        </Link>
      </PageTitle>
      <StaleStrip
        sources={unread ? [] : staleSources([hub])}
        observedAt={hub.observedAt}
        fetchError={error}
        isUnread={unread && hub.error !== null}
      />
      {unread ? (
        <>
          <NotReadYet name={hub.id} error={hub.error} />
          {rows.length === 0 ? null : groupsTab}
        </>
      ) : (
        <>
          <HubFigures hub={hub} />
          <Tabs
            label="What of this event hub"
            value={tab}
            onChange={choose}
            tabs={[
              {
                value: "groups",
                label: "Consumer groups",
                count:
                  rows.length === 0 && unreadStore !== undefined ? unknownMark : formatCount(rows.length),
                content: groupsTab,
              },
              {
                value: "partitions",
                label: "Partitions",
                count: formatCount(hub.partitionCount),
                content: (
                  <Panel>
                    <HubPartitionTable partitions={hub.partitions} fileName={`${id}-partitions.csv`} />
                  </Panel>
                ),
              },
            ]}
          />
        </>
      )}
    </div>
  );
}
