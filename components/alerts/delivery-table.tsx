"use client";

import { clsx } from "clsx";
import { useState } from "react";
import { Ticking } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/table/data-table.tsx";
import { type Column, type SortState, useSortedRows } from "#components/ui/table/table-model.ts";
import type { Delivery } from "#lib/api/alerts.ts";
import { deliveryText } from "#lib/client/alerts/alert-words.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatAge } from "#lib/client/format/format.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";

const newestFirst = [{ column: "at", descending: true }];
const twoLines = "foreign line-clamp-2 whitespace-normal text-pretty py-1";
const rowId = ({ id }: Delivery) => String(id);

export const deliveryColumns: Column<Delivery>[] = explained("deliveries", [
  {
    id: "at",
    label: "Queued",
    width: 100,
    phoneWidth: 100,
    fixed: true,
    cell: ({ createdAt }) => <Ticking at={createdAt} format={(now) => formatAge(createdAt, now)} />,
    sortBy: ({ id }) => id,
  },
  {
    id: "channel",
    label: "Channel",
    width: 140,
    phoneWidth: 130,
    cell: ({ channel }) => <span className="block truncate font-mono">{channel}</span>,
    sortBy: ({ channel }) => channel,
  },
  {
    id: "text",
    label: "Message",
    width: 480,
    grows: true,
    phoneWidth: 0,
    cell: ({ summary }) => (
      <span className={twoLines} data-tip={showText(summary)}>
        {showText(summary)}
      </span>
    ),
  },
  {
    id: "state",
    label: "Result",
    width: 300,
    phoneWidth: 126,
    cell: (delivery) => (
      <span
        className={clsx(twoLines, delivery.state === "failed" && "text-stop")}
        data-tip={showText(deliveryText(delivery))}
      >
        {showText(deliveryText(delivery))}
      </span>
    ),
    sortBy: ({ state }) => state,
  },
]);

// A phone cuts the result after a word or two, and an error is longer.
const below = (delivery: Delivery) => (
  <>
    <p className="foreign text-pretty break-words text-note">{showText(delivery.summary)}</p>
    {delivery.error === null ? null : (
      <p className="foreign text-pretty break-words text-muted text-note">
        {showText(deliveryText(delivery))}
      </p>
    )}
  </>
);

export function DeliveryTable({ deliveries }: { deliveries: readonly Delivery[] }) {
  const [sort, setSort] = useState<SortState | null>(null);
  const rows = useSortedRows({ columns: deliveryColumns, rows: deliveries, sort, fallback: newestFirst });
  return (
    <DataTable
      label="Deliveries"
      columns={deliveryColumns}
      rows={rows}
      rowId={rowId}
      sort={sort ?? { column: "at", descending: true }}
      onSort={setSort}
      belowOnPhone={below}
      empty={<p className="px-4 py-6 text-center text-muted">Nothing was sent yet.</p>}
    />
  );
}
