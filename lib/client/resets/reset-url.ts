import {
  createParser,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { parseAsMoment, parseAsSort } from "#lib/client/url/url-state.ts";

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

const parseAsSafeInteger = createParser<number>({
  parse: (text) => (/^-?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null),
  serialize: String,
});

export const resetParsers = {
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
  /** Seconds. None: suggested by what was observed of the group. */
  handler: parseAsInteger,
};

export const pickerParsers = { q: parseAsString.withDefault(""), sort: parseAsSort };

export const reviewParsers = { ...pickerParsers, only: parseAsBoolean.withDefault(false) };
