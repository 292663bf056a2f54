import { z } from "zod";
import { errorCodes } from "#lib/core/app-error.ts";

export const errorBodySchema = z
  .object({
    error: z.object({
      code: z.enum(errorCodes),
      message: z.string(),
      requestId: z.string(),
    }),
  })
  .meta({ id: "Error", description: "What every failed request answers." });

export type ErrorBody = z.infer<typeof errorBodySchema>;

/** A failure that stands beside figures: what went wrong when they were last to be read. */
export const faultSchema = z.object({ code: z.enum(errorCodes), message: z.string() }).meta({ id: "Fault" });

export type Fault = z.infer<typeof faultSchema>;
