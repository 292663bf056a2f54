import { z } from "zod";

/** A count, lag or sequence number: always a safe integer on the wire. */
export const integerSchema = z.int();
/** ISO 8601, UTC. */
export const timeSchema = z.iso.datetime();
/** In one of the units per second; never negative. */
export const rateSchema = z.number().nonnegative();
/** PostgreSQL takes no NUL in a text. */
export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => !text.includes("\0"), "must hold no NUL");
