import { zoneHere } from "#lib/client/browser/zone.ts";
import { type Times, timesIn } from "#lib/client/history/time-axis.ts";

export type CsvValue = string | number | boolean | null | undefined;

/**
 * Writes RFC 4180 text with a header and CRLF; unknown is an empty field. An apostrophe protects text that a
 * spreadsheet would run as a formula, since names are foreign.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows]
    .map((row) => row.map(field).join(","))
    .join("\r\n")
    .concat("\r\n");
}

function field(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Downloads a text as a file. CSV gets a byte order mark, which spreadsheets need. */
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

/** Headed as the page's column, with the unit or the zone in brackets: `Time lag (seconds)`. */
interface ExportedColumn<Row> {
  label: string;
  csvLabel?: string;
  csvUnit?: string;
  csv?: (row: Row) => CsvValue;
  csvTime?: (row: Row) => string | null;
  csvAlso?: readonly ExportedColumn<Row>[];
}

type ExportedField<Row> = readonly [heading: string, read: (row: Row) => CsvValue];

function fieldsOf<Row>(column: ExportedColumn<Row>, times: Times): ExportedField<Row>[] {
  const { label, csvLabel = label, csvUnit, csv, csvTime, csvAlso = [] } = column;
  const also = csvAlso.flatMap((one) => fieldsOf(one, times));
  if (csvTime !== undefined) return [[`${csvLabel} (${times.zone})`, zoned(csvTime, times)], ...also];
  if (csv === undefined) return also;
  return [[csvUnit === undefined ? csvLabel : `${csvLabel} (${csvUnit})`, csv], ...also];
}

export function csvOf<Row>(
  columns: readonly ExportedColumn<Row>[],
  rows: readonly Row[],
  times: Times,
): string {
  const exported = columns.flatMap((column) => fieldsOf(column, times));
  return toCsv(
    exported.map(([heading]) => heading),
    rows.map((row) => exported.map(([, read]) => read(row))),
  );
}

function zoned<Row>(csvTime: (row: Row) => string | null, times: Times): (row: Row) => string | null {
  return (row) => {
    const at = csvTime(row);
    return at === null ? null : times.iso(Date.parse(at));
  };
}

export function exportRows<Row>(
  fileName: string,
  columns: readonly ExportedColumn<Row>[],
  rows: readonly Row[],
): void {
  download(fileName, csvOf(columns, rows, timesIn(zoneHere())));
}
