import type { ZodSafeParseResult, ZodType } from "zod";
import { config } from "zod/v4/core";

// Otherwise zod probes for eval, which our CSP reports as a violation.
config({ jitless: true });

export function check<T>(schema: ZodType<T>, value: unknown): ZodSafeParseResult<T> {
  return schema.safeParse(value);
}
