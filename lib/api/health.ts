import { z } from "zod";

export const healthSchema = z.object({ status: z.literal("ok") }).meta({ id: "Health" });

export const readinessSchema = z
  .object({
    ready: z.boolean(),
    waitingFor: z.array(z.string()).describe("The hubs that were neither read nor have failed yet."),
  })
  .meta({ id: "Readiness" });
