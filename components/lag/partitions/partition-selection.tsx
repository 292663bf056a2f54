"use client";

import { type ReactNode, useCallback, useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#lib/client/format/format.ts";
import type { Selection } from "./partition-columns.tsx";

export function useSelection(): { selection: Selection; choose: (ids: readonly string[]) => void } {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (id: string) =>
      setIds((before) =>
        before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
      ),
    [],
  );
  const selection = useMemo(() => ({ ids, toggle }), [ids, toggle]);
  return { selection, choose: useCallback((chosen) => setIds(new Set(chosen)), []) };
}

/**
 * Stands below the table and sticks to the window's lower edge: above, it would push the rows from under the
 * pointer that ticks them.
 */
export function SelectionBar(props: {
  count: number;
  shown: number;
  onAll: () => void;
  onNone: () => void;
  children: ReactNode;
}) {
  const { count, shown, onAll, onNone, children } = props;
  return (
    <div data-sticky-bar className="sticky bottom-0 z-10 bg-surface print:static">
      <div className="flex flex-wrap items-center gap-2 border-t border-line bg-accent-soft/40 px-4 py-2">
        <span role="status" className="figures">
          {formatCount(count)} chosen
        </span>
        <Button onClick={onAll}>Choose all {formatCount(shown)} shown</Button>
        <Button onClick={onNone}>None</Button>
        <span className="sm:ml-auto">{children}</span>
      </div>
    </div>
  );
}
