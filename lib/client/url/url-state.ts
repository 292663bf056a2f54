import { statusesWorstFirst } from "#lib/client/lag/status-words.ts";
import {
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsLiteral,
  parseAsString,
  withDefault,
} from "./parsers.ts";

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

const table = {
  q: withDefault(parseAsString, ""),
  sort: parseAsSort,
  columns: parseAsColumns,
};

const parseAsStatuses = parseAsArrayOf(parseAsLiteral(statusesWorstFirst));

export const groupListParsers = {
  ...table,
  status: withDefault(parseAsStatuses, []),
  hub: withDefault(parseAsArrayOf(parseAsString), []),
};

export const partitionListParsers = {
  ...table,
  status: withDefault(parseAsStatuses, []),
  behind: withDefault(parseAsBoolean, false),
};

export const hubTabs = ["groups", "partitions"] as const;
export const hubParsers = { tab: withDefault(parseAsLiteral(hubTabs), "groups"), ...groupListParsers };

/** The hub page has two tables, so the partitions have their own keys. */
export const hubPartitionParsers = {
  q: withDefault(parseAsString, ""),
  sort: parseAsSort,
  columns: parseAsColumns,
};

export const groupTabs = ["partitions", "lag", "owners", "activity"] as const;
export const groupTabParsers = { tab: withDefault(parseAsLiteral(groupTabs), "partitions") };

export const parseAsMoment = createParser<number>({
  parse(text) {
    const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) ? null : at;
  },
  serialize: (at) => new Date(at).toISOString().replace(".000Z", "Z"),
});

/** Text, so that an unusable range is reported instead of dropped. */
export const rangeParsers = { range: parseAsString, from: parseAsString, to: parseAsString };

export const lineParsers = { partitions: parseAsString };

export const laneParsers = { lane: parseAsString };
