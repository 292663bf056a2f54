"use client";

import { clsx } from "clsx";
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { late } from "#lib/client/http/late.ts";
import { tableWidth, tableWidthClass } from "./column-width.ts";
import { HeldNote } from "./held-note.tsx";
import { useHeldOrder } from "./held-order.ts";
import { loadTableKeys, onTableKey } from "./late-table-keys.ts";
import { TableHead } from "./table-head.tsx";
import { AllRows, type BodyProps, type DataTableProps, FirstRows } from "./table-rows.tsx";

/** Larger tables draw only visible rows. */
const virtualFrom = 100;
const toggleWidth = 36;

// A table without it is slow, but whole.
const VirtualRows = lazy(() =>
  late(() => import("./virtual-rows.tsx")).then(
    (m) => ({ default: m.VirtualRows }),
    () => ({ default: AllRows }),
  ),
) as unknown as <Row>(props: BodyProps<Row>) => ReactNode;

/** Scrolls on its own, also by keyboard, so that the page never scrolls sideways. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, rowId, sort, onSort, details, empty, asked = null } = props;
  const by = sort === null ? "" : `${sort.column} ${sort.descending}`;
  const { rows, isHeld, hold } = useHeldOrder(
    props.rows,
    rowId,
    by,
    columns.find(({ id }) => id === sort?.column)?.isAboutSame,
  );
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState<string | null>(null);
  if (asked !== told) {
    setTold(asked);
    if (asked !== null) setOpen((before) => new Set([...before, asked]));
  }
  useEffect(loadTableKeys, []);
  const region = useRef<HTMLDivElement>(null);
  const virtual = rows.length > virtualFrom;
  // React sends a boundary of this size twice: its fallback, and then itself.
  const isBrowser = useIsBrowser();
  const toggle = (id: string) =>
    setOpen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const body = { ...props, rows, open, toggle, region };
  return (
    <>
      <section
        ref={region}
        aria-label={label}
        data-table
        onKeyDown={onTableKey}
        {...hold}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className={clsx(
          "@container relative overflow-auto overscroll-x-contain focus-visible:outline-offset-[-2px]",
          virtual && "max-h-[max(22rem,min(44rem,72dvh))]",
        )}
      >
        <table
          aria-rowcount={rows.length + 1}
          className={clsx("w-full table-fixed border-separate border-spacing-0 text-work", tableWidthClass)}
          style={tableWidth(columns, details ? toggleWidth : 0)}
        >
          <TableHead
            columns={columns}
            sort={sort}
            onSort={onSort}
            toggleWidth={details ? toggleWidth : null}
            sticky={virtual}
          />
          {virtual && isBrowser ? (
            <Suspense fallback={<FirstRows {...body} />}>
              <VirtualRows {...body} />
            </Suspense>
          ) : virtual ? (
            <FirstRows {...body} />
          ) : (
            <AllRows {...body} isCut={!isBrowser} />
          )}
        </table>
      </section>
      <HeldNote isHeld={isHeld} />
      {rows.length === 0 ? empty : null}
    </>
  );
}
