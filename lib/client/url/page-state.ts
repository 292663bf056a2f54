import { createParser, parseAsBoolean, parseAsLiteral, parseAsString, withDefault } from "./parsers.ts";
import { groupListParsers, parseAsColumns, parseAsSort, parseAsStatuses, tableParsers } from "./url-state.ts";

export const partitionListParsers = {
  ...tableParsers,
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

const groupTabs = ["partitions", "lag", "owners", "activity"] as const;
export type GroupTab = (typeof groupTabs)[number];
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
