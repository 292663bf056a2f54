"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { activityDetails, activityTarget } from "#app/activity/activity-parts.tsx";
import { ActivityList } from "#components/activity/activity-list.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Link } from "#components/ui/text/link.tsx";
import { activityQuery } from "#lib/client/activity/activity-query.ts";
import { activityPath } from "#lib/client/url/paths.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

const shown = 10;

export function ActivityTab({ address: { hub, group } }: { address: GroupAddress }) {
  const { data, error, refetch } = useInfiniteQuery(activityQuery({ hub, group }, shown));
  return (
    <Panel
      title="Recent activity"
      side={
        <Link href={activityPath({ hub, group })} className={buttonClass()}>
          All activity
        </Link>
      }
    >
      <ActivityList
        entries={data?.pages[0]?.entries}
        error={error}
        onRetry={() => void refetch()}
        ofOneGroup
        targetName={activityTarget}
        details={activityDetails}
        nothing="Resets of this group appear here, with who did it and what was replaced."
      />
    </Panel>
  );
}
