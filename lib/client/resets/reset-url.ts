import {
  createParser,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsMoment, parseAsSort } from "#lib/client/url/url-state.ts";

/** What a person can choose as the place to read from; `file` is an imported one, by position or by time. */
const targetChoices = [
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

/** `90m`: the unit stays as it was typed. */
export const parseAsAgo = createParser<Ago>({
  parse(text) {
    const match = /^(\d{1,9})([smhd])$/.exec(text);
    return match === null ? null : { amount: Number(match[1]), unit: match[2] as AgoUnit };
  },
  serialize: ({ amount, unit }) => `${amount}${unit}`,
  eq: (a, b) => a.amount === b.amount && a.unit === b.unit,
});

const parseAsSafeInteger = createParser<number>({
  parse: (text) => (/^-?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null),
  serialize: String,
});

/** The address of the page where a reset is chosen: all of what is chosen, but an imported file's content. */
export const resetParsers = {
  /** As ranges; none: all partitions. */
  partitions: parseAsString,
  target: parseAsStringLiteral(targetChoices),
  at: parseAsMoment,
  ago: parseAsAgo,
  sequence: parseAsSafeInteger,
  shift: parseAsSafeInteger,
  from: parseAsString,
  fromStore: parseAsString,
  file: parseAsString,
  fileBy: parseAsStringLiteral(["position", "time"] as const),
  mode: parseAsStringLiteral(["offline", "live"] as const).withDefault("offline"),
  /** Seconds; none: what was observed of the group suggests it. */
  handler: parseAsInteger,
};

/** The list of partitions beside it. */
export const pickerParsers = { q: parseAsString.withDefault(""), sort: parseAsSort };

/** The review's and the result's table. */
export const reviewParsers = { ...pickerParsers, only: parseAsBoolean.withDefault(false) };
