import { z } from "zod";
import { roles } from "#lib/core/access.ts";
import { timeSchema } from "./scalars.ts";

const roleSchema = z.enum(roles);

export const meSchema = z
  .object({
    name: z.string(),
    kind: z
      .enum(["nobody", "person", "token"])
      .describe("`nobody`: nobody has to sign in here, and whoever reaches the dashboard may do the same."),
    role: roleSchema.nullable().describe("The highest that they have anywhere; null: none."),
    grants: z
      .array(z.object({ role: roleSchema, hubs: z.array(z.string()), groups: z.array(z.string()) }))
      .describe("What they may do where. Patterns: `*` stands for any text; groups compare without case."),
    readOnly: z.boolean().describe("Nothing may be changed, whatever the role."),
    canSignOut: z.boolean(),
    until: timeSchema.nullable().describe("When they have to sign in again; null: not by this dashboard."),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof meSchema>;

export const signedOutSchema = z.object({
  location: z.string().describe("Where signing out goes on: at the issuer, or on a page of the dashboard."),
});
