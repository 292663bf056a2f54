import type { Status } from "#lib/api/status.ts";
import type { ExplainedTable } from "./column-explanations.ts";
import type { ExplainedWords } from "./word-explanations.ts";

/** Each column with the key of its explanation. `nameOf`: the explanation's name, where it is not the id. */
export function explained<Column extends { id: string; about: string }>(
  table: ExplainedTable,
  columns: readonly Omit<Column, "about">[],
  nameOf: (id: string) => string = (id) => id,
): Column[] {
  return columns.map(
    (column) => ({ ...column, about: `column:${table}:${nameOf(String(column.id))}` }) as unknown as Column,
  );
}

/** `kind`: whose words they are; a chip that shows no status. */
export function wordKey(kind: ExplainedWords, word: string): string {
  return `word:${kind}:${word}`;
}

export function chipKey({ status, word }: { status: Status; word: string }): string {
  return `chip:${status}:${word}`;
}
