"use client";

import { type ReactNode, useMemo } from "react";
import { Button } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Checkbox } from "#components/ui/form/field.tsx";
import { SearchInput } from "#components/ui/form/search-input.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import { type Column, useSortedRows } from "#components/ui/table/table-model.ts";
import { TableTools } from "#components/ui/table/table-tools.tsx";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { formatAge, formatCount, formatLag, plural } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { pickerParsers } from "#lib/client/resets/reset-url.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import { formatRanges } from "#lib/core/figures.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";

interface Props {
  partitions: readonly GroupPartition[];
  chosen: readonly string[];
  onChange: (text: string) => void;
  ownerCell: (partition: GroupPartition) => ReactNode;
}

const inOrder = [{ column: "partition", descending: false }];
const idOf = ({ partitionId }: GroupPartition) => partitionId;

export function PartitionPicker({ partitions, chosen, onChange, ownerCell }: Props) {
  const [{ q, sort }, setUrl] = useQueryState(pickerParsers);
  const columns = useMemo(() => {
    const ticked = new Set(chosen);
    const toggle = (id: string) => {
      const ids = ticked.has(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
      onChange(formatRanges(ids));
    };
    return pickerColumns(ticked, toggle, ownerCell);
  }, [chosen, onChange, ownerCell]);
  const found = useMemo(() => findPartitions(partitions, q), [partitions, q]);
  const rows = useSortedRows({ columns, rows: found, sort, fallback: inOrder });
  const all = plural(partitions.length, "partition");
  return (
    <div className="overflow-clip rounded-lg border border-line bg-surface">
      <TableTools
        count={rows.length === partitions.length ? all : `${formatCount(rows.length)} of ${all}`}
        side={
          <>
            <Button
              whyDisabled={rows.length === 0 ? "No partition is shown." : null}
              onClick={() => onChange(formatRanges([...chosen, ...rows.map(idOf)].filter(isFirst)))}
            >
              Choose all shown
            </Button>
            <Button whyDisabled={chosen.length === 0 ? "None is chosen." : null} onClick={() => onChange("")}>
              None
            </Button>
          </>
        }
      >
        <SearchInput label="Partition or owner" value={q} onChange={(text) => setUrl({ q: text })} />
      </TableTools>
      <DataTable
        label="Partitions to choose from"
        columns={columns}
        rows={rows}
        rowId={idOf}
        sort={sort ?? inOrder[0] ?? null}
        onSort={(next) => setUrl({ sort: next })}
        empty={
          <Message
            kind="noMatch"
            icon={<Icon name="search-x" className="size-6" />}
            title="No partition matches"
            actions={<Button onClick={() => setUrl({ q: null })}>Show all</Button>}
          />
        }
      />
    </div>
  );
}

function isFirst(id: string, index: number, ids: readonly string[]): boolean {
  return ids.indexOf(id) === index;
}

/** A number means a partition's id; other words match owners. */
function findPartitions(partitions: readonly GroupPartition[], q: string): GroupPartition[] {
  const words = q
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (words.length === 0) return [...partitions];
  return partitions.filter(({ partitionId, owner }) =>
    words.some((word) =>
      /^\d{1,5}$/.test(word)
        ? partitionId === word
        : partitionId.toLowerCase() === word ||
          processorOwner(owner)?.ownerId.toLowerCase().includes(word) === true,
    ),
  );
}

export function pickerColumns(
  ticked: ReadonlySet<string>,
  toggle: (id: string) => void,
  ownerCell: Props["ownerCell"],
): Column<GroupPartition>[] {
  return explained("picker", [
    {
      id: "partition",
      label: "Partition",
      width: 120,
      phoneWidth: 104,
      fixed: true,
      cell: ({ partitionId }) => (
        <label htmlFor={`pick-${partitionId}`} className="flex items-center gap-2.5 font-mono">
          <Checkbox
            id={`pick-${partitionId}`}
            checked={ticked.has(partitionId)}
            onChange={() => toggle(partitionId)}
          />
          {partitionId}
        </label>
      ),
      sortBy: idOf,
    },
    {
      id: "lag",
      label: "Lag",
      width: 110,
      phoneWidth: 90,
      figure: true,
      cell: ({ lag, lagIsUpperBound }) => formatLag(lag, lagIsUpperBound),
      sortBy: ({ lag }) => lag,
    },
    {
      id: "checkpoint",
      label: "Checkpoint",
      width: 120,
      phoneWidth: 104,
      figure: true,
      cell: ({ checkpoint }) => formatCount(checkpoint?.sequenceNumber ?? null),
      sortBy: ({ checkpoint }) => checkpoint?.sequenceNumber ?? null,
    },
    {
      id: "checkpointed",
      label: "Checkpointed",
      width: 120,
      phoneWidth: 0,
      figure: true,
      cell: ({ checkpoint }) => {
        const at = checkpoint?.updatedAt ?? null;
        return <Ticking at={at} format={(now) => formatAge(at, now, "never")} />;
      },
      sortBy: ({ checkpoint }) => (checkpoint === null ? null : Date.parse(checkpoint.updatedAt)),
    },
    {
      id: "owner",
      label: "Owner",
      width: 200,
      cell: ownerCell,
      sortBy: ({ owner }) => processorOwner(owner)?.ownerId ?? null,
    },
  ]);
}
