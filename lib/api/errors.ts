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

export const faultSchema = z.object({ code: z.enum(errorCodes), message: z.string() }).meta({ id: "Fault" });

export type Fault = z.infer<typeof faultSchema>;
