import { z } from "zod";
import { timeSchema } from "./scalars.ts";

export const deviceSignInSchema = z
  .object({
    attempt: z.string().describe("What to ask with whether the person has signed in. A secret."),
    userCode: z.string().describe("What the person types at the issuer."),
    verificationUri: z.string().describe("Where they type it."),
    verificationUriComplete: z.string().nullable().describe("The same with the code in it; null: none."),
    expiresAt: timeSchema,
    intervalSeconds: z.number().describe("Ask no more often; five seconds less often after each `slowDown`."),
  })
  .meta({ id: "DeviceSignIn" });
export type DeviceSignIn = z.infer<typeof deviceSignInSchema>;

export const deviceAttemptSchema = z.object({ attempt: z.string().min(1).max(4_000) });

export const deviceOutcomeSchema = z
  .discriminatedUnion("state", [
    z.object({ state: z.literal("pending"), slowDown: z.boolean() }),
    z.object({
      state: z.literal("signedIn"),
      cookie: z.string().describe("The session, to be sent as the Cookie header. A secret."),
      name: z.string(),
      until: timeSchema,
    }),
  ])
  .meta({ id: "DeviceOutcome" });
export type DeviceOutcome = z.infer<typeof deviceOutcomeSchema>;
