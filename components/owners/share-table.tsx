"use client";

import { Icon } from "#components/ui/icons/icon.tsx";
import { Message } from "#components/ui/message.tsx";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column, PlainColumn, SortState } from "#components/ui/table/table-model.ts";
import { formatCount, formatDuration, unknownMark } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import type { ObservedOwners } from "#lib/ownership/observed-owners.ts";
import type { OwnerShare } from "#lib/ownership/owner-shares.ts";
import { loadColumns } from "./load-columns.tsx";
import type { OwnerLoad } from "./owner-loads.ts";
import { OwnerName } from "./owner-name.tsx";

const mostFirst = [
  { column: "now", descending: true },
  { column: "range", descending: true },
] as const satisfies [SortState, ...SortState[]];
const idOf = ({ ownerId }: OwnerShare) => ownerId;
const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** Columns about now are left out for past ranges. `now`: the end of the range. */
export function shareColumns(
  colors: ReadonlyMap<string, number>,
  { to: now, isLive }: Pick<ObservedOwners, "to" | "isLive">,
  loads: ReadonlyMap<string, OwnerLoad>,
): Column<OwnerShare>[] {
  const heldSeconds = ({ heldSince }: OwnerShare) => (heldSince === null ? null : (now - heldSince) / 1000);
  const ofNow: PlainColumn<OwnerShare>[] = [
    {
      id: "now",
      label: "Owns now",
      width: 120,
      phoneWidth: 112,
      figure: true,
      cell: ({ partitionsNow, fairShare }) => (
        <span className={fairShare !== null && partitionsNow > fairShare.most ? "text-warn" : ""}>
          {partitionsNow === 0 ? <span className="text-faint">none</span> : formatCount(partitionsNow)}
        </span>
      ),
      sortBy: ({ partitionsNow }) => partitionsNow,
      csv: ({ partitionsNow }) => partitionsNow,
    },
    ...loadColumns(loads),
    {
      id: "fair",
      label: "Even share",
      width: 110,
      phoneWidth: 90,
      figure: true,
      cell: ({ fairShare }) => <span className="text-muted">{shareText(fairShare)}</span>,
      sortBy: ({ fairShare }) => fairShare?.most ?? null,
      csv: ({ fairShare }) => (fairShare === null ? null : shareText(fairShare)),
    },
    {
      id: "held",
      label: "Held for",
      csvUnit: "seconds",
      width: 120,
      phoneWidth: 96,
      figure: true,
      cell: (share) => {
        const since = isoOf(share.heldSince);
        return since === null ? (
          <span className="text-faint">{unknownMark}</span>
        ) : (
          <time dateTime={since} data-at={since}>
            {formatDuration(heldSeconds(share))}
          </time>
        );
      },
      sortBy: heldSeconds,
      csv: heldSeconds,
      csvAlso: [{ label: "Owner since", csvTime: ({ heldSince }) => isoOf(heldSince) }],
    },
  ];
  return explained("owners", [
    {
      id: "owner",
      label: "Owner",
      width: 240,
      phoneWidth: 170,
      fixed: true,
      cell: ({ ownerId }) => <OwnerName ownerId={ownerId} color={colors.get(ownerId)} withCopy />,
      sortBy: idOf,
      csv: idOf,
    },
    ...(isLive ? ofNow : []),
    {
      id: "range",
      label: "Held in this range",
      csvUnit: "seconds",
      width: 154,
      figure: true,
      cell: ({ heldMs }) => formatDuration(heldMs / 1000),
      sortBy: ({ heldMs }) => heldMs,
      csv: ({ heldMs }) => heldMs / 1000,
    },
    {
      id: "changes",
      label: "Changes",
      width: 100,
      figure: true,
      cell: ({ changes }) => formatCount(changes),
      sortBy: ({ changes }) => changes,
      csv: ({ changes }) => changes,
    },
  ]);
}

function shareText(share: OwnerShare["fairShare"]): string {
  if (share === null) return unknownMark;
  return share.least === share.most ? formatCount(share.most) : `${share.least} to ${share.most}`;
}

export function ShareTable(props: { shares: readonly OwnerShare[]; columns: readonly Column<OwnerShare>[] }) {
  return (
    <SortedTable
      label="Owners"
      columns={props.columns}
      rows={props.shares}
      rowId={idOf}
      order={mostFirst}
      empty={
        <Message
          kind="noMatch"
          icon={<Icon name="users-round" className="size-6" />}
          title="Nobody owned a partition in this range"
        />
      }
    />
  );
}
