import { z } from "zod";
import { integerSchema } from "./scalars.ts";

export const healthSchema = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

export const readinessSchema = z
  .object({
    ready: z.boolean(),
    waiting: integerSchema.describe("How many hubs were neither read nor have failed yet."),
    waitingFor: z
      .array(z.string())
      .describe("Those that the caller may see; of a caller without proof none."),
  })
  .meta({ id: "Readiness" });
