"use client";

import { type ReactNode, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { SearchInput } from "#components/ui/form/search-input.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import { type Column, type CsvField, useSortedRows } from "#components/ui/table/table-model.ts";
import { CsvButton, TableTools } from "#components/ui/table/table-tools.tsx";
import { exportRows } from "#lib/client/format/csv.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { listedIds } from "#lib/client/lag/partition-ranges.ts";
import { reviewParsers } from "#lib/client/resets/reset-url.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";

const inOrder = [{ column: "partition", descending: false }];
const idOf = ({ partitionId }: { partitionId: string }) => partitionId;

/** Blobs are found by any part of their names. */
function carries(text: string): (name: string) => boolean {
  const wanted = text.trim().toLowerCase();
  return (name) => name.toLowerCase().includes(wanted);
}

interface Props<Entry> {
  label: string;
  entries: readonly Entry[];
  columns: readonly Column<Entry>[];
  noun?: "partition" | "blob";
  csvAlso?: readonly CsvField<Entry>[];
  fileName: string;
  only: { isKept: (entry: Entry) => boolean; label: string; tip: string; none: string };
  tools?: ReactNode;
  bar?: ReactNode;
  details: (entry: Entry) => ReactNode;
  below?: (entry: Entry) => ReactNode;
  belowOnPhone: (entry: Entry) => ReactNode;
}

export function EntriesTable<Entry extends { partitionId: string }>(props: Props<Entry>) {
  const { label, entries, columns, noun = "partition", csvAlso = [], fileName } = props;
  const { details, below, belowOnPhone } = props;
  const [{ q, sort, only: isOnly }, setUrl] = useQueryState(reviewParsers);
  const { isKept, ...only } = props.only;
  const found = useMemo(() => {
    const isListed = noun === "blob" ? carries(q) : listedIds(q, entries.map(idOf));
    return entries.filter((entry) => isListed(entry.partitionId) && (!isOnly || isKept(entry)));
  }, [entries, noun, q, isOnly, isKept]);
  const rows = useSortedRows({ columns, rows: found, sort, fallback: inOrder });
  const all = plural(entries.length, noun);
  return (
    <>
      <TableTools
        count={rows.length === entries.length ? all : `${formatCount(rows.length)} of ${all}`}
        side={
          <CsvButton
            of={`${noun}s`}
            rows={rows.length}
            onClick={() => exportRows(fileName, [...columns, ...csvAlso], rows)}
          />
        }
      >
        <SearchInput
          label={noun === "blob" ? "Filter blobs" : "Partitions, as 0-3, 7"}
          value={q}
          onChange={(text) => setUrl({ q: text })}
        />
        <Button
          aria-pressed={isOnly}
          onClick={() => setUrl({ only: isOnly ? null : true })}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
          data-tip={only.tip}
        >
          {only.label}
        </Button>
        {props.tools}
      </TableTools>
      {props.bar}
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        rowId={idOf}
        sort={sort ?? inOrder[0] ?? null}
        onSort={(next) => setUrl({ sort: next })}
        details={details}
        {...(below && { below })}
        belowOnPhone={belowOnPhone}
        empty={
          <Message
            kind="noMatch"
            icon={<Icon name="search-x" className="size-6" />}
            title={isOnly && q === "" ? only.none : `No ${noun} matches`}
            actions={
              <Button onClick={() => setUrl({ q: null, only: null })}>
                Show all {formatCount(entries.length)}
              </Button>
            }
          />
        }
      />
    </>
  );
}
