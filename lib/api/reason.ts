import { z } from "zod";

/** A reason on the wire. This schema's `x-codes` list each code with its meaning and remedy. */
export const reasonSchema = z
  .object({
    code: z.string().describe("Stable; one of those that `x-codes` lists."),
    message: z.string().describe("The English sentence."),
    params: z
      .record(z.string(), z.unknown())
      .describe(
        "What the sentence is made of. `retryAfterSeconds`: seconds until it ends by itself. `also`: further reasons.",
      ),
  })
  .meta({ id: "Reason" });
export type WireReason = z.infer<typeof reasonSchema>;
