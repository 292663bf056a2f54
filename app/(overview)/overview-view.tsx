"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { AttentionList } from "#components/lag/overview/attention-list.tsx";
import { groupRows } from "#components/lag/overview/group-row.ts";
import { GroupTable } from "#components/lag/overview/group-table.tsx";
import { OverviewFigures } from "#components/lag/overview/overview-figures.tsx";
import { Favicon } from "#components/shell/favicon.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { StaleStrip } from "#components/shell/stale-strip.tsx";
import { useClock } from "#components/ui/clock.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { Overview } from "#lib/api/overview.ts";
import { seldom } from "#lib/client/browser/seldom.ts";
import { plural } from "#lib/client/format/format.ts";
import { keys, overviewQuery } from "#lib/client/http/queries.ts";
import { worstOf } from "#lib/client/lag/attention.ts";
import { unreadSources } from "#lib/client/lag/first-reading.ts";
import { newestReading } from "#lib/client/lag/totals.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";

const PageSkeleton = seldom(() => import("#components/ui/skeleton.tsx").then((m) => m.PageSkeleton));
const NothingYet = seldom(() => import("./nothing-yet.tsx").then((m) => m.NothingYet));

export function OverviewView() {
  const { data: overview, error } = useQuery(overviewQuery());
  const client = useQueryClient();
  const now = useClock();
  useStreamUpdates({}, (event, { mergeOverview }) =>
    client.setQueryData<Overview>(keys.overview(), (before) => before && mergeOverview(before, event, now())),
  );
  const rows = useMemo(() => (overview ? groupRows(overview) : []), [overview]);
  if (overview === undefined) return <PageSkeleton label="The overview is loading" rows={8} />;

  const hubs = overview.eventHubs;
  const namespaces = new Set(hubs.map((hub) => hub.fullyQualifiedNamespace)).size;
  const newest = newestReading(hubs);
  return (
    <div className="flex flex-col gap-4">
      <Favicon tone={worstOf(rows.map(({ group }) => group))} />
      <PageTitle title="Consumer groups" observedAt={newest}>
        {rows.length === 0 && unreadSources(hubs).length > 0
          ? "Groups not known yet"
          : plural(rows.length, "group")}{" "}
        on {plural(hubs.length, "event hub")} in {plural(namespaces, "namespace")}
      </PageTitle>
      <StaleStrip
        {...(rows.length === 0 ? {} : { hubs })}
        observedAt={newest}
        fetchError={error}
        isUnread={hubs.some((hub) => hub.error !== null)}
      />
      {rows.length === 0 ? (
        <NothingYet hubs={hubs} />
      ) : (
        <>
          <div className="flex flex-col gap-4">
            <OverviewFigures overview={overview} />
            {/* On a phone problems come first, since the figures fill the screen. */}
            <div className="empty:hidden max-sm:order-first">
              <AttentionList groups={rows} />
            </div>
          </div>
          <Panel>
            <GroupTable rows={rows} hubs={hubs.map((hub) => hub.id)} fileName="consumer-groups.csv" />
          </Panel>
        </>
      )}
    </div>
  );
}
