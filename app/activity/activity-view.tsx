"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { activityColumns } from "#components/activity/activity-columns.tsx";
import { ActivityList } from "#components/activity/activity-list.tsx";
import { PageTitle } from "#components/shell/page-title.tsx";
import { StaleStrip } from "#components/shell/stale-strip.tsx";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/form/select.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { CsvButton } from "#components/ui/table/table-tools.tsx";
import { activityQuery } from "#lib/client/activity/activity-query.ts";
import { activityParsers } from "#lib/client/activity/activity-url.ts";
import { exportRows } from "#lib/client/format/csv.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { useStreamUpdates } from "#lib/client/stream/use-stream.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import { activityDetails, activityTarget } from "./activity-parts.tsx";

interface Props {
  hubs: readonly { id: string; groups: readonly string[] }[];
}

/** Exports name each line's group, even in a list of one group. */
const exportedColumns = activityColumns({ ofOneGroup: false, targetName: activityTarget });

export function ActivityView({ hubs }: Props) {
  const [filter, setFilter] = useQueryState(activityParsers);
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    activityQuery(filter),
  );
  useStreamUpdates(
    filter.hub === null || !hubs.some(({ id }) => id === filter.hub) ? {} : { hub: filter.hub },
    () => {},
  );
  const entries = data?.pages.flatMap((page) => page.entries);
  const isFiltered = filter.hub !== null || filter.group !== null;
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title="Activity">
        What people did with this dashboard, newest first. Nobody can edit the entries.
      </PageTitle>
      <StaleStrip sources={[]} observedAt={null} fetchError={entries === undefined ? null : error} />
      <Panel>
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
          <Filters hubs={hubs} filter={filter} onChange={(change) => setFilter(change)} />
          {entries === undefined ? null : (
            <div className="ml-auto flex items-center gap-2">
              <span role="status" className="figures text-note text-muted">
                {formatCount(entries.length)} shown
              </span>
              <CsvButton
                of="activity"
                rows={entries.length}
                onClick={() => exportRows("activity.csv", exportedColumns, entries)}
              />
            </div>
          )}
        </div>
        <ActivityList
          entries={entries}
          error={error}
          onRetry={() => void refetch()}
          ofOneGroup={filter.hub !== null && filter.group !== null}
          targetName={activityTarget}
          details={activityDetails}
          nothing={
            isFiltered ? (
              <Button onClick={() => setFilter({ hub: null, group: null })}>Show everything</Button>
            ) : (
              "Resets, moves, clean-ups and silences appear here, each with who did it and what it changed."
            )
          }
          foot={
            <div className="flex items-center gap-3 border-t border-line px-4 py-2.5 text-note text-muted">
              {hasNextPage ? (
                <Button
                  whyDisabled={isFetchingNextPage ? "Loading…" : null}
                  onClick={() => void fetchNextPage()}
                >
                  {isFetchingNextPage ? "Loading…" : "Load older"}
                </Button>
              ) : (
                "No older entries."
              )}
            </div>
          }
        />
      </Panel>
    </div>
  );
}

interface FilterProps extends Props {
  filter: { hub: string | null; group: string | null };
  onChange: (change: { hub?: string | null; group?: string | null }) => void;
}

function Filters({ hubs, filter, onChange }: FilterProps) {
  const ofHub = hubs.filter(({ id }) => filter.hub === null || id === filter.hub);
  const groups = [...new Set(ofHub.flatMap(({ groups: names }) => names))].sort();
  // A hub or group from the address may be gone, but stays as a choice, so that the filter shows its state.
  const withChosen = (names: readonly string[], chosen: string | null) =>
    chosen === null || names.some((name) => name.toLowerCase() === chosen.toLowerCase())
      ? names
      : [chosen, ...names];
  const options = (names: readonly string[], any: string) => [
    { value: "", label: any },
    ...names.map((name) => ({ value: name, label: showText(name) })),
  ];
  const shownGroup =
    groups.find((name) => name.toLowerCase() === filter.group?.toLowerCase()) ?? filter.group;
  return (
    <>
      <Select
        label="Event hub"
        value={filter.hub ?? ""}
        options={options(
          withChosen(
            hubs.map(({ id }) => id),
            filter.hub,
          ),
          "Any event hub",
        )}
        onChange={(hub) => onChange({ hub: hub || null, group: null })}
      />
      <Select
        label="Consumer group"
        value={shownGroup ?? ""}
        options={options(withChosen(groups, filter.group), "Any group")}
        onChange={(group) => onChange({ group: group || null })}
      />
    </>
  );
}
