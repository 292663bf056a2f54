"use client";

import { useMemo } from "react";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, SortState } from "#components/ui/table/table-model.ts";
import { formatDuration } from "#lib/client/format/format.ts";
import { UnitText } from "#lib/client/format/unit-text.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import type { Times } from "#lib/client/history/time-axis.ts";
import type { Handover } from "#lib/client/owners/handover.ts";
import { handoverPieces } from "#lib/client/owners/handover-words.ts";
import { changePieces, type OwnerChange } from "#lib/client/owners/owner-words.ts";
import { rangesNamed } from "#lib/core/figures.ts";
import { type Actors, ChangePieces, piecesWords } from "./change-pieces.tsx";
import { byTimeAndOrder, momentColumn, ownIds, partitionColumn } from "./columns.tsx";

const newestFirst = [
  { column: "at", descending: true },
  { column: "partition", descending: false },
] as const satisfies SortState[];

const noActors: Actors = new Map();

export function handoverColumns(
  handovers: readonly Handover[],
  colors: ReadonlyMap<string, number>,
  times: Times,
  actors = noActors,
): Column<Handover>[] {
  const isInexact = handovers.some(({ changes }) => changes.some(isOff));
  return explained("handovers", [
    {
      ...momentColumn<Handover>("at", "When", ({ at }) => at, times),
      sortBy: byTimeAndOrder(
        handovers,
        ({ at }) => at,
        () => "",
      ),
      fixed: true,
    },
    {
      id: "what",
      label: "What happened",
      width: 560,
      grows: true,
      phoneWidth: 228,
      cell: (handover) => <ChangePieces list={handoverPieces(handover)} {...{ colors, actors }} />,
      sortBy: ({ kind }) => kind,
    },
    {
      id: "partitions",
      label: "Partitions",
      width: 180,
      phoneWidth: 110,
      cell: ({ partitionIds }) => {
        const text = rangesNamed(partitionIds);
        return (
          <span className="line-clamp-2 break-words font-mono text-muted text-note" data-tip={text}>
            <UnitText text={text} />
          </span>
        );
      },
      sortBy: ({ partitionIds }) => partitionIds.length,
    },
    ...(isInexact
      ? [
          {
            id: "certainty",
            label: "How exact",
            width: 210,
            cell: ({ changes }: Handover) => {
              const [worst] = changes.toSorted((a, b) => b.uncertaintySeconds - a.uncertaintySeconds);
              const unobserved = changes.some((change) => change.unobserved);
              return (
                <span className="block truncate text-muted">
                  {worst === undefined ? null : certainty({ ...worst, unobserved })}
                </span>
              );
            },
          },
        ]
      : []),
  ]);
}

export function changeColumns(
  changes: readonly OwnerChange[],
  colors: ReadonlyMap<string, number>,
  times: Times,
  actors = noActors,
): Column<OwnerChange>[] {
  return explained("changes", [
    {
      ...momentColumn<OwnerChange>("at", "When", ({ at }) => at, times),
      sortBy: byTimeAndOrder(
        changes,
        ({ at }) => at,
        ({ partitionId }) => partitionId,
      ),
      fixed: true,
    },
    partitionColumn<OwnerChange>(({ partitionId }) => partitionId),
    {
      id: "change",
      label: "Change",
      width: 460,
      grows: true,
      phoneWidth: 228,
      cell: (change) => <ChangePieces list={changePieces(change)} {...{ colors, actors }} />,
      sortBy: ({ kind }) => kind,
      csv: (change) => piecesWords(changePieces(change)),
    },
    ...(changes.some(isOff)
      ? [
          {
            id: "certainty",
            label: "How exact",
            width: 210,
            cell: (change: OwnerChange) => (
              <span className="block truncate text-muted">{certainty(change)}</span>
            ),
            sortBy: ({ uncertaintySeconds }: OwnerChange) => uncertaintySeconds,
            csv: certainty,
          },
        ]
      : []),
  ]);
}

const isOff = ({ uncertaintySeconds, unobserved }: OwnerChange) => uncertaintySeconds >= 1 || unobserved;

function certainty({ uncertaintySeconds, unobserved }: OwnerChange): string {
  const earlier =
    uncertaintySeconds >= 1 ? `up to ${formatDuration(uncertaintySeconds)} earlier` : "to the second";
  return unobserved ? `${earlier}, not watched` : earlier;
}

const handoverOrder = [{ column: "at", descending: true }] as const satisfies SortState[];
const changeName = ({ at, partitionId }: OwnerChange) => `${at} ${partitionId}`;
const handoverName = ({ at, changes: [first] }: Handover) =>
  `${at} ${first?.partitionId} ${first?.kind} ${first?.at}`;

export function ChangeTable(props: {
  changes: readonly OwnerChange[];
  columns: readonly Column<OwnerChange>[];
  handovers: readonly Handover[];
  handoverColumns: readonly Column<Handover>[];
  isOneByOne: boolean;
}) {
  const { changes, columns, handovers } = props;
  const changeId = useMemo(() => ownIds(changes, changeName), [changes]);
  const handoverId = useMemo(() => ownIds(handovers, handoverName), [handovers]);
  const shared = {
    label: "Changes of owners",
    empty: (
      <Message
        kind="noMatch"
        icon={<Icon name="history" className="size-6" />}
        title="No partition changed hands in this range"
      />
    ),
  };
  if (props.isOneByOne) {
    return <SortedTable {...shared} columns={columns} rows={changes} rowId={changeId} order={newestFirst} />;
  }
  return (
    <SortedTable
      {...shared}
      columns={props.handoverColumns}
      rows={handovers}
      rowId={handoverId}
      order={handoverOrder}
    />
  );
}
