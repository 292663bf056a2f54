import { z } from "zod";
import { timeSchema } from "./scalars.ts";

export const configurationSchema = z
  .object({
    readAt: timeSchema.describe("When the configuration in use was read."),
    fault: z
      .object({
        since: timeSchema,
        count: z.int().min(1),
        problems: z
          .array(z.string())
          .describe("Each as `path: what`; told only to who is admin of everything."),
      })
      .nullable()
      .describe("The file as it stands now can't be used: what was read before holds."),
    needsRestart: z
      .array(z.string())
      .describe("Keys of the file that changed and take effect at the next start."),
    heldEventHubs: z
      .array(z.string())
      .describe("Ids of event hubs that stay as they were until a reset on them has ended."),
  })
  .meta({ id: "Configuration" });
export type Configuration = z.infer<typeof configurationSchema>;
