import type { Metadata } from "next";
import { Hydrate } from "#app/hydrate.tsx";
import { page } from "#app/page-access.tsx";
import { activityKeys } from "#lib/client/activity/activity-keys.ts";
import { activityPageSize } from "#lib/client/activity/activity-query.ts";
import { activityParsers } from "#lib/client/activity/activity-url.ts";
import { readSearch, type SearchParams } from "#lib/client/url/parsers.ts";
import { runtime } from "#lib/server/runtime.ts";
import { ActivityView } from "./activity-view.tsx";

export const metadata: Metadata = { title: "Activity" };

interface Props {
  searchParams: Promise<SearchParams>;
}

/** If the history's database is away, the page asks itself and says so. */
export default page("viewer", async function ActivityPage({ searchParams }: Props) {
  const filter = readSearch(activityParsers, await searchParams);
  const [hub, group] = [filter.hub ?? undefined, filter.group ?? undefined];
  const read = runtime().activity({ hub, group, limit: activityPageSize });
  const [activity] = await Promise.allSettled([read]);
  const hubs = runtime()
    .overview()
    .eventHubs.map(({ id, consumerGroups }) => ({ id, groups: consumerGroups.map(({ name }) => name) }));
  return (
    <Hydrate
      data={
        activity.status === "rejected"
          ? []
          : [[activityKeys.list(filter, activityPageSize), { pages: [activity.value], pageParams: [null] }]]
      }
    >
      <ActivityView hubs={hubs} />
    </Hydrate>
  );
});
