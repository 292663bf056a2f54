import { parseAsMoment } from "#lib/client/url/page-state.ts";
import {
  createParser,
  parseAsBoolean,
  parseAsInteger,
  parseAsLiteral,
  parseAsString,
  withDefault,
} from "#lib/client/url/parsers.ts";
import { parseAsSort } from "#lib/client/url/url-state.ts";

export const targetChoices = [
  "time",
  "ago",
  "earliest",
  "latest",
  "sequenceNumber",
  "shift",
  "group",
  "file",
] as const;
export type TargetChoice = (typeof targetChoices)[number];

export const agoUnits = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
export type AgoUnit = keyof typeof agoUnits;

export interface Ago {
  amount: number;
  unit: AgoUnit;
}

export const parseAsAgo = createParser<Ago>({
  parse(text) {
    const match = /^(\d{1,9})([smhd])$/.exec(text);
    return match === null ? null : { amount: Number(match[1]), unit: match[2] as AgoUnit };
  },
  serialize: ({ amount, unit }) => `${amount}${unit}`,
  eq: (a, b) => a.amount === b.amount && a.unit === b.unit,
});

export const resetParsers = {
  partitions: parseAsString,
  target: parseAsLiteral(targetChoices),
  at: parseAsMoment,
  ago: parseAsAgo,
  sequence: parseAsInteger,
  shift: parseAsInteger,
  from: parseAsString,
  fromStore: parseAsString,
  file: parseAsString,
  fileBy: parseAsLiteral(["position", "time"]),
  /** None: as the group is. */
  mode: parseAsLiteral(["offline", "live"]),
  /** Seconds. None: suggested by what was observed of the group. */
  handler: parseAsInteger,
};

export const pickerParsers = { q: withDefault(parseAsString, ""), sort: parseAsSort };

export const reviewParsers = { ...pickerParsers, only: withDefault(parseAsBoolean, false) };
