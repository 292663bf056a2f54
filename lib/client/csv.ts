export type CsvValue = string | number | null | undefined;

/**
 * RFC 4180 text with a header row, CRLF line ends; an unknown is an empty field.
 * Text that a spreadsheet would run as a formula is held back with an apostrophe: names come from outside.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows]
    .map((row) => row.map(field).join(","))
    .join("\r\n")
    .concat("\r\n");
}

function field(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hands the text to the browser as a file; CSV with a byte order mark, which spreadsheets need. */
export function download(fileName: string, text: string, type = "text/csv;charset=utf-8"): void {
  const url = URL.createObjectURL(
    new Blob(type.startsWith("text/csv") ? ["\uFEFF", text] : [text], { type }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName.replaceAll(/[^\p{L}\p{N}._$-]+/gu, "-");
  link.click();
  URL.revokeObjectURL(url);
}

/** Downloads the columns that are shown, of the rows that are shown, in their order. */
export function exportRows<Row>(
  fileName: string,
  columns: readonly { label: string; csvLabel?: string; csv?: (row: Row) => CsvValue }[],
  rows: readonly Row[],
): void {
  const exported = columns.filter((column) => column.csv !== undefined);
  const body = rows.map((row) => exported.map((column) => column.csv?.(row)));
  download(
    fileName,
    toCsv(
      exported.map((column) => column.csvLabel ?? column.label),
      body,
    ),
  );
}
