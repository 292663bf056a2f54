/**
 * Lists of similar objects as columns: each key once, and what all rows share once. A page carries the data
 * that it was drawn from as text, in which a thousand partitions would repeat their keys.
 */
const leastRows = 4;
const leastPrefix = 4;

type Row = Record<string, unknown>;

interface Table {
  $rows: number;
  $columns: Record<string, unknown>;
}

const absent = Symbol("absent");

/** Returns plain JSON data, `undefined` included, for `unpacked`. */
export function packed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length >= leastRows && value.every(isRow) ? tableOf(value) : value.map(packed);
  }
  if (!isRow(value)) return value;
  const keys = Object.keys(value);
  if (keys.some((key) => key.startsWith("$"))) return { $raw: value };
  return Object.fromEntries(keys.map((key) => [key, packed(value[key])]));
}

export function unpacked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpacked);
  if (!isRow(value)) return value;
  if ("$raw" in value) return value.$raw;
  if ("$rows" in value) return rowsOf(value as unknown as Table);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unpacked(one)]));
}

function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function tableOf(rows: readonly Row[]): Table {
  const keys = new Set(rows.flatMap(Object.keys));
  const columns = [...keys].map((key): [string, unknown] => [
    key,
    columnOf(rows.map((row) => (Object.hasOwn(row, key) ? row[key] : absent))),
  ]);
  return { $rows: rows.length, $columns: Object.fromEntries(columns) };
}

function columnOf(values: readonly unknown[]): unknown {
  const [first] = values;
  for (const [name, hole] of [
    ["$without", absent],
    ["$null", null],
  ] as const) {
    const at = values.flatMap((value, index) => (value === hole ? [index] : []));
    if (at.length === values.length && hole === null) return { $same: null };
    if (at.length > 0) return { [name]: at, $of: columnOf(values.filter((value) => value !== hole)) };
  }
  const text = JSON.stringify(first);
  if (values.every((value) => Object.is(value, first) || (isObject(value) && JSON.stringify(value) === text)))
    return { $same: packed(first) };
  if (values.every((value) => typeof value === "string")) {
    const prefix = prefixOf(values);
    if (prefix.length >= leastPrefix)
      return { $prefix: prefix, $ends: values.map((value) => value.slice(prefix.length)) };
  }
  return values.length >= leastRows && values.every(isRow) ? tableOf(values) : values.map(packed);
}

function isObject(value: unknown): boolean {
  return typeof value === "object";
}

function prefixOf(texts: readonly string[]): string {
  let prefix = texts[0] ?? "";
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

function rowsOf({ $rows: count, $columns: columns }: Table): Row[] {
  const rows: [string, unknown][][] = Array.from({ length: count }, () => []);
  for (const [key, column] of Object.entries(columns)) {
    for (const [index, value] of valuesOf(column, count).entries())
      if (value !== absent) rows[index]?.push([key, value]);
  }
  return rows.map((entries) => Object.fromEntries(entries));
}

function valuesOf(column: unknown, count: number): unknown[] {
  if (Array.isArray(column)) return column.map(unpacked);
  const { $same, $prefix, $ends, $without, $null, $of } = column as Record<string, unknown>;
  const holes = ($without ?? $null) as number[] | undefined;
  if (holes !== undefined) {
    const at = new Set(holes);
    const rest = valuesOf($of, count - at.size).values();
    const hole = $without === undefined ? null : absent;
    return Array.from({ length: count }, (_, index) => (at.has(index) ? hole : rest.next().value));
  }
  if ($ends !== undefined) return ($ends as string[]).map((end) => `${$prefix}${end}`);
  if ("$rows" in (column as object)) return rowsOf(column as Table);
  const same = unpacked($same);
  return Array.from({ length: count }, () => same);
}
