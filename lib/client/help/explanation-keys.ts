import type { Status } from "#lib/api/status.ts";
import type { ExplainedTable } from "./column-explanations.ts";

/** Each column with the key of its explanation; every column of these tables has one. */
export function explained<Column extends { id: string }>(
  table: ExplainedTable,
  columns: readonly Column[],
): (Column & { about: string })[] {
  return columns.map((column) => ({ ...column, about: `column:${table}:${column.id}` }));
}

export function chipKey({ status, word }: { status: Status; word: string }): string {
  return `chip:${status}:${word}`;
}
