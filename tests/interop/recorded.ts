import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { recordedSchema } from "./cases/findings.ts";

/** Files of the blobs that each release of each SDK really wrote, by `npm run interop -- --all`. */
export const recordedFolder = join(import.meta.dirname, "../support/fixtures/blobs/recorded");

const fileSchema = z.object({ sdk: z.string(), version: z.string(), groups: z.array(recordedSchema) });
type RecordedBlobs = z.infer<typeof fileSchema>;

export function recordedBlobs(): RecordedBlobs[] {
  return globSync("*.json", { cwd: recordedFolder })
    .toSorted()
    .map((file) => fileSchema.parse(JSON.parse(readFileSync(join(recordedFolder, file), "utf8"))));
}
