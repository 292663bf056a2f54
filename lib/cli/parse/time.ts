import { z } from "zod";

const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const short = /^(\d{1,9})\s*([smhd])$/;
/** The part of ISO 8601 with fixed lengths: no months or years. */
const iso = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

export function parseDuration(text: string): number | null {
  const simple = short.exec(text);
  if (simple !== null) return Number(simple[1]) * unitSeconds[simple[2] as keyof typeof unitSeconds];
  const parts = iso.exec(text);
  if (parts === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return days * 86_400 + hours * 3_600 + minutes * 60 + seconds;
}

/** Parses ISO 8601; without a zone it is UTC, as in Kafka's command. Null when invalid. */
export function parseTime(text: string): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (parts === null) return null;
  const [, day, time = "00:00", zone = "Z"] = parts;
  const at = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

export const durationSchema = z.string().transform((text, context) => {
  const seconds = parseDuration(text);
  if (seconds !== null) return seconds;
  context.addIssue(`“${text}” is no duration: write 90m, 2h, 1d or PT2H`);
  return z.NEVER;
});

export const timeSchema = z.string().transform((text, context) => {
  const at = parseTime(text);
  if (at !== null) return at;
  context.addIssue(`“${text}” is no time: write 2026-03-01T12:00:00Z`);
  return z.NEVER;
});

const momentSchema = z.string().transform((text, context) => {
  const seconds = parseDuration(text);
  const at = seconds === null ? parseTime(text) : new Date(Date.now() - seconds * 1000).toISOString();
  if (at !== null) return at;
  context.addIssue(`“${text}” is no time: write 2026-03-01T12:00:00Z, or how long ago, as 2h`);
  return z.NEVER;
});

export const rangeShape = { from: momentSchema.optional(), to: momentSchema.optional() };
export const wholeNumber = z
  .string()
  .regex(/^-?\d{1,16}$/, "write a whole number")
  .transform(Number)
  .pipe(z.int());
