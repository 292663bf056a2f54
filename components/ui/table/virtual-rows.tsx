"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import { TableRow } from "./table-row.tsx";
import { type BodyProps, firstHeight, overscan, rowHeight, Spacer } from "./table-rows.tsx";

export function VirtualRows<Row>(props: BodyProps<Row>) {
  const { rows, rowId, columns, details, below, belowOnPhone, open, toggle, region, asked = null } = props;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => region.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowId(row);
    },
    initialRect: { width: 0, height: firstHeight },
    overscan,
    useFlushSync: false,
  });
  const wanted = asked === null ? -1 : rows.findIndex((row) => rowId(row) === asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls once for each row asked for, not when rows move.
  useEffect(() => {
    if (wanted >= 0) virtualizer.scrollToIndex(wanted);
  }, [asked]);
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      <Spacer height={before} />
      {items.map(({ index }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const id = rowId(row);
        return (
          <TableRow
            key={id}
            {...{ id, row, index, columns, details, below, belowOnPhone, toggle }}
            isOpen={open.has(id)}
            measure={virtualizer.measureElement}
          />
        );
      })}
      <Spacer height={after} />
    </>
  );
}
