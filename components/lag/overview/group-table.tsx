"use client";

import { useCallback, useEffect, useMemo } from "react";
import { StatusMenu } from "#components/lag/status-menu.tsx";
import { SearchInput } from "#components/ui/form/search-input.tsx";
import { CheckMenu } from "#components/ui/menu/menu.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import { seldom } from "#lib/client/browser/seldom.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { largest, storesMatter } from "#lib/client/lag/totals.ts";
import { groupListParsers } from "#lib/client/url/url-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import { PhonePlace } from "./group-cells.tsx";
import { groupColumns } from "./group-columns.tsx";
import { filterGroups, type GroupRow, groupRowId } from "./group-row.ts";
import { ListTools, useList } from "./list-tools.tsx";

const NoMatch = seldom(() => import("./late/no-match.tsx").then((m) => m.NoMatch));

const worstFirst = [
  { column: "status", descending: true },
  { column: "lag", descending: true },
];

export function GroupTable({
  rows,
  hubs,
  fileName,
}: {
  rows: readonly GroupRow[];
  hubs: readonly string[];
  fileName: string;
}) {
  const [url, setUrl] = useQueryState(groupListParsers);
  // A filter works while the server is away, too.
  useEffect(NoMatch.preload, []);
  const withStore = storesMatter(rows);
  const columns = useMemo(
    () =>
      groupColumns({
        largestLag: largest(rows, (row) => row.group.totalLag)?.group.totalLag ?? 0,
        withHub: hubs.length > 0,
        withStore,
        withTrend: hubs.length > 0,
      }),
    [rows, hubs.length, withStore],
  );
  const withHub = hubs.length > 1;
  const belowOnPhone = useCallback(
    (row: GroupRow) => <PhonePlace {...{ row, withHub, withStore }} />,
    [withHub, withStore],
  );
  const filtered = useMemo(() => filterGroups(rows, url), [rows, url]);
  const { sorted, shown } = useList({
    columns,
    rows: filtered,
    url,
    fallback: worstFirst,
  });
  const clear = useCallback(() => setUrl({ q: null, status: null, hub: null }), [setUrl]);
  return (
    <>
      <ListTools
        noun="group"
        total={rows.length}
        rows={sorted}
        {...{ columns, shown, fileName }}
        onColumns={(ids) => setUrl({ columns: ids })}
      >
        <SearchInput label="Filter groups" value={url.q} onChange={(q) => setUrl({ q })} />
        <StatusMenu checked={url.status} onChange={(status) => setUrl({ status })} />
        {hubs.length > 1 ? (
          <CheckMenu
            label="Hub"
            text={`Hub: ${url.hub.length === 0 ? "any" : url.hub.length === 1 ? url.hub[0] : formatCount(url.hub.length)}`}
            options={hubs.map((hub) => ({ value: hub, label: hub }))}
            checked={url.hub}
            onChange={(picked) => setUrl({ hub: picked })}
          />
        ) : null}
      </ListTools>
      <DataTable
        label="Consumer groups"
        columns={shown}
        rows={sorted}
        rowId={groupRowId}
        sort={url.sort ?? { column: "status", descending: true }}
        onSort={(sort) => setUrl({ sort })}
        {...(withHub || withStore ? { belowOnPhone } : {})}
        empty={<NoMatch total={rows.length} onClear={clear} />}
      />
    </>
  );
}
