import type { ZodSafeParseResult, ZodType } from "zod";
import { config } from "zod/v4/core";

// Without this zod probes whether it may compile code, and a page under our CSP reports that as a violation.
config({ jitless: true });

/** Holds what came from the server against its schema. Loaded with zod, when the first answer is to be read. */
export function check<T>(schema: ZodType<T>, value: unknown): ZodSafeParseResult<T> {
  return schema.safeParse(value);
}
