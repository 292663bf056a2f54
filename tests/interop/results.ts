import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { defaultsSchema, stoppedSchema } from "./cases/findings.ts";

export const resultsSchema = z.object({
  sdks: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      version: z.string(),
      date: z.iso.date(),
      cases: z.array(z.object({ number: z.number(), title: z.string(), passed: z.boolean() })),
      pausesMs: z.array(z.number()),
      stopped: z.record(z.string(), stoppedSchema),
      /** Null: it was not found out. */
      defaults: defaultsSchema.nullable(),
    }),
  ),
});
export type Results = z.infer<typeof resultsSchema>;

export const resultsFile = join(import.meta.dirname, "results.json");

/** Null where the whole table was never run. @throws ZodError */
export function lastResults(): Results | null {
  return existsSync(resultsFile) ? resultsSchema.parse(JSON.parse(readFileSync(resultsFile, "utf8"))) : null;
}
