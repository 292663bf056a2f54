"use client";

import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { CheckMenu } from "#components/ui/menu/menu.tsx";
import { usePageAction } from "#lib/client/browser/page-actions.ts";
import type { Column } from "./table-model.ts";

export function TableTools({
  children,
  count,
  side,
}: {
  children: ReactNode;
  count: string;
  side: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
      {children}
      <span role="status" className="figures text-note text-muted max-sm:sr-only sm:ml-auto">
        {count}
      </span>
      {side}
    </div>
  );
}

export function ColumnMenu<Row>(props: {
  columns: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  onChange: (ids: string[] | null) => void;
}) {
  const { columns, shown, onChange } = props;
  return (
    <CheckMenu
      label="Columns"
      text={
        <>
          <Icon name="columns-3" className="size-3.5 text-faint" />
          <span className="max-sm:sr-only">Columns</span>
        </>
      }
      options={columns.map(({ id, label, fixed }) => ({
        value: id,
        label,
        ...(fixed ? { whyFixed: "always shown" } : {}),
      }))}
      checked={shown.map(({ id }) => id)}
      onChange={onChange}
      reset={{ label: "Reset columns", onSelect: () => onChange(null) }}
    />
  );
}

/** `of`: what the rows are, several of them. */
export function CsvButton({ of, rows, onClick }: { of: string; rows: number; onClick: () => void }) {
  const isEmpty = rows === 0;
  usePageAction(isEmpty ? null : `Export ${of} as CSV`, onClick);
  return (
    <Button
      onClick={onClick}
      whyDisabled={isEmpty ? "No rows to export." : null}
      data-tip="Download what is shown as CSV"
    >
      <Icon name="download" className="size-3.5 text-faint" />
      <span className="max-sm:sr-only">CSV</span>
    </Button>
  );
}
