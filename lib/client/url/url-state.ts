import { statusesWorstFirst } from "#lib/client/lag/status-words.ts";
import { createParser, parseAsArrayOf, parseAsLiteral, parseAsString, withDefault } from "./parsers.ts";

export interface Sort {
  column: string;
  descending: boolean;
}

export const parseAsSort = createParser<Sort>({
  parse(text) {
    const match = /^([a-zA-Z]{1,40})\.(asc|desc)$/.exec(text);
    return match?.[1] === undefined ? null : { column: match[1], descending: match[2] === "desc" };
  },
  serialize: ({ column, descending }) => `${column}.${descending ? "desc" : "asc"}`,
  eq: (a, b) => a.column === b.column && a.descending === b.descending,
});

/** Ids of columns; `-` means none, which an empty value can't express. */
export const parseAsColumns = createParser<string[]>({
  parse(text) {
    if (text === "-") return [];
    const ids = text.split(",");
    return ids.length <= 40 && ids.every((id) => /^[a-zA-Z]{1,40}$/.test(id)) ? ids : null;
  },
  serialize: (ids) => (ids.length === 0 ? "-" : ids.join(",")),
  eq: (a, b) => a.length === b.length && a.every((id, i) => id === b[i]),
});

export const tableParsers = {
  q: withDefault(parseAsString, ""),
  sort: parseAsSort,
  columns: parseAsColumns,
};

export const parseAsStatuses = parseAsArrayOf(parseAsLiteral(statusesWorstFirst));

export const groupListParsers = {
  ...tableParsers,
  status: withDefault(parseAsStatuses, []),
  hub: withDefault(parseAsArrayOf(parseAsString), []),
};
