import { z } from "zod";

export const integerSchema = z.int();
export const timeSchema = z.iso.datetime();
/** Per second of the named unit; never negative. */
export const rateSchema = z.number().nonnegative();
export const storeQuerySchema = z
  .string()
  .min(1)
  .max(256)
  .optional()
  .describe("The id of a checkpoint store, where groups of this name stand in several.");
/** PostgreSQL accepts no NUL in text. */
export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => !text.includes("\0"), "must hold no NUL");
