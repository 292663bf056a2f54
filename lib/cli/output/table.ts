import type { CsvValue } from "#lib/client/format/csv.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { unknownMark } from "#lib/client/format/format.ts";
import type { ChipTone } from "#lib/client/lag/status-words.ts";

/**
 * `name` is the API's, for CSV. People see `text`, by default the value. A narrow terminal cuts `isLong`
 * first. `isCsvOnly`: what `text` already says to people.
 */
export interface Column<Row> {
  title: string;
  name: string;
  value: (row: Row) => CsvValue;
  text?: (row: Row) => string;
  isNumber?: true;
  isWide?: true;
  isCsvOnly?: true;
  isLong?: true;
  tone?: (row: Row) => ChipTone;
}

export interface TableOptions {
  columns: number | null;
  isWide: boolean;
  paint: (text: string, tone: ChipTone) => string;
}

const gap = "  ";
const leastWidth = 6;

/** Renders a table no wider than the terminal. Foreign text can't move the cursor. */
export function renderTable<Row>(
  all: readonly Column<Row>[],
  rows: readonly Row[],
  { columns, isWide, paint }: TableOptions,
): string {
  const shown = all.filter((column) => !column.isCsvOnly && (isWide || !column.isWide));
  const cells = rows.map((row) => shown.map((column) => cellOf(column, row)));
  const needed = shown.map((column, index) =>
    Math.max(column.title.length, ...cells.map((line) => [...(line[index] ?? "")].length)),
  );
  const widths = columns === null ? needed : narrow(shown, needed, columns);
  const head = shown.map(({ title, isNumber }, index) => pad(title, widths[index] ?? 0, isNumber)).join(gap);
  const body = cells.map((line, at) =>
    line
      .map((cell, index) => {
        const column = shown[index];
        const padded = pad(cell, widths[index] ?? 0, column?.isNumber);
        const row = rows[at];
        return column?.tone === undefined || row === undefined ? padded : paint(padded, column.tone(row));
      })
      .join(gap)
      .trimEnd(),
  );
  return [head.trimEnd(), ...body].map((line) => `${line}\n`).join("");
}

function cellOf<Row>(column: Column<Row>, row: Row): string {
  if (column.text !== undefined) return showText(column.text(row));
  const value = column.value(row);
  return value === null || value === undefined ? unknownMark : showText(String(value));
}

function narrow<Row>(columns: readonly Column<Row>[], needed: readonly number[], most: number): number[] {
  const widths = [...needed];
  let over = widths.reduce((sum, width) => sum + width + gap.length, -gap.length) - most;
  while (over > 0) {
    const long = widths.map((width, index) => (columns[index]?.isLong ? width : 0));
    const widest = Math.max(...long);
    if (widest <= leastWidth) return widths;
    const at = long.indexOf(widest);
    const cut = Math.min(over, Math.max(1, widest - leastWidth), Math.max(1, widest - nextTo(long, at)));
    widths[at] = widest - cut;
    over -= cut;
  }
  return widths;
}

function nextTo(widths: readonly number[], at: number): number {
  return Math.max(leastWidth, ...widths.filter((_, index) => index !== at));
}

function pad(text: string, width: number, isNumber?: true): string {
  const letters = [...text];
  if (letters.length > width) return `${letters.slice(0, Math.max(0, width - 1)).join("")}…`;
  const blank = " ".repeat(width - letters.length);
  return isNumber ? blank + text : text + blank;
}
