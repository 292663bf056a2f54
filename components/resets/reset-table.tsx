"use client";

import { SearchX } from "lucide-react";
import { useQueryStates } from "nuqs";
import { type ReactNode, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Message } from "#components/ui/message.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { useSortedRows } from "#components/ui/table-model.ts";
import { CsvButton, TableTools } from "#components/ui/table-tools.tsx";
import type { Reset, ResetEntry } from "#lib/api/resets.ts";
import { exportRows } from "#lib/client/csv.ts";
import { formatCount, plural } from "#lib/client/format.ts";
import { listedIds } from "#lib/client/partition-ranges.ts";
import { reviewParsers } from "#lib/client/reset-url.ts";
import { entryBelow, messageBelow } from "./entry-below.tsx";
import { isOdd, messageColumn, resetColumns } from "./reset-columns.tsx";
import { ResetDetails } from "./reset-details.tsx";

const inOrder = [{ column: "partition", descending: false }];
const idOf = ({ partitionId }: ResetEntry) => partitionId;
const details = (entry: ResetEntry) => <ResetDetails entry={entry} />;

/** A reset partition by partition, as it goes on and as it ended. */
export function ResetTable({
  reset,
  ownerName,
}: {
  reset: Reset;
  ownerName: (ownerId: string) => ReactNode;
}) {
  const [{ q, sort, only }, setUrl] = useQueryStates(reviewParsers);
  const isLive = reset.mode === "live";
  const columns = useMemo(() => resetColumns({ isLive, ownerName }), [isLive, ownerName]);
  const found = useMemo(() => {
    const isListed = listedIds(q, reset.entries.map(idOf));
    return reset.entries.filter((entry) => isListed(entry.partitionId) && (!only || isOdd(entry)));
  }, [reset, q, only]);
  const rows = useSortedRows({ columns, rows: found, rowId: idOf, sort, fallback: inOrder });
  const all = plural(reset.entries.length, "partition");
  return (
    <>
      <TableTools
        count={rows.length === reset.entries.length ? all : `${formatCount(rows.length)} of ${all}`}
        side={
          <CsvButton
            rows={rows.length}
            onClick={() =>
              exportRows(`${reset.hub}-${reset.group}-reset.csv`, [...columns, messageColumn], rows)
            }
          />
        }
      >
        <SearchInput label="Partitions, as 0-3, 7" value={q} onChange={(text) => void setUrl({ q: text })} />
        <Button
          aria-pressed={only}
          onClick={() => void setUrl({ only: only ? null : true })}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          data-tip="Leaves out the partitions that went, or still go, as planned."
        >
          Only what went otherwise
        </Button>
      </TableTools>
      <DataTable
        label="Partitions of the reset"
        columns={columns}
        rows={rows}
        rowId={idOf}
        sort={sort ?? inOrder[0] ?? null}
        onSort={(next) => void setUrl({ sort: next })}
        details={details}
        below={messageBelow}
        belowOnPhone={entryBelow}
        empty={
          <Message
            kind="noMatch"
            icon={<SearchX className="size-6" />}
            title={only && q === "" ? "Every partition went as planned" : "No partition matches"}
            actions={
              <Button onClick={() => void setUrl({ q: null, only: null })}>
                Show all {formatCount(reset.entries.length)}
              </Button>
            }
          />
        }
      />
    </>
  );
}
