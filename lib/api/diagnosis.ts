import { z } from "zod";

/** Something that was looked at: whether it is as it should be, what was seen, and what to do. */
const checkSchema = z
  .object({
    id: z.string().describe("Stable; of a store's checks `{check}/{store}`."),
    title: z.string(),
    state: z.enum(["pass", "warn", "fail"]),
    detail: z.string().describe("What was looked at and seen."),
    remedy: z.string().nullable().describe("What to do, where something is to be done."),
    store: z.string().nullable().describe("The checkpoint store that it is about."),
    items: z.array(z.string()).describe("The blobs, groups or partitions that it is about; at most 50."),
  })
  .meta({ id: "Check" });
export type Check = z.infer<typeof checkSchema>;

export const diagnosisSchema = z
  .object({ hub: z.string(), observedAt: z.string().nullable(), checks: z.array(checkSchema) })
  .meta({ id: "Diagnosis" });
export type Diagnosis = z.infer<typeof diagnosisSchema>;
