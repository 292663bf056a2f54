// From the entry that the schemas use: from another one, the bundler puts a copy of zod's core beside each.
import { type ZodSafeParseResult, type ZodType, z } from "zod";

// Otherwise zod probes for eval, which our CSP reports as a violation.
z.config({ jitless: true });

export function check<T>(schema: ZodType<T>, value: unknown): ZodSafeParseResult<T> {
  return schema.safeParse(value);
}
