import { z } from "zod";
import { reasonSchema } from "./reason.ts";

const checkSchema = z
  .object({
    id: z.string().describe("Stable; of a store's checks `{check}/{store}`."),
    title: z.string(),
    state: z
      .enum(["pass", "warn", "fail", "skipped"])
      .describe("skipped: it was not looked at, or not all of it; the detail says why."),
    detail: reasonSchema.describe("What was looked at and seen, or why it was not looked at."),
    remedy: reasonSchema.nullable().describe("What to do, where something is to be done."),
    store: z.string().nullable().describe("The checkpoint store that it is about."),
    names: z
      .enum(["ownHub", "otherHubs"])
      .describe("Whose names the detail and the items may hold: only this hub's, or others' too."),
    items: z.array(z.string()).describe("The blobs, groups or partitions that it is about; at most 50."),
  })
  .meta({ id: "Check" });
export type Check = z.infer<typeof checkSchema>;

export const diagnosisSchema = z
  .object({ hub: z.string(), observedAt: z.string().nullable(), checks: z.array(checkSchema) })
  .meta({ id: "Diagnosis" });
export type Diagnosis = z.infer<typeof diagnosisSchema>;
