import { z } from "zod";
import { severitySchema } from "#lib/api/alerts.ts";
import { integerSchema, timeSchema } from "#lib/api/scalars.ts";

/** The body for a `webhook` channel, and the source of all other bodies. */
export const messageSchema = z.object({
  version: z.literal(1),
  event: z.enum(["opened", "repeated", "acknowledged", "closed", "test"]),
  incident: z
    .object({
      id: integerSchema,
      ruleId: z.string(),
      severity: severitySchema,
      hub: z.string(),
      fullyQualifiedNamespace: z.string(),
      eventHubName: z.string(),
      store: z.string().nullable(),
      consumerGroup: z.string().nullable(),
      since: timeSchema,
      openedAt: timeSchema,
      closedAt: timeSchema.nullable(),
      summary: z.string(),
      worst: z.string(),
    })
    .nullable(),
  text: z.string(),
  link: z.string().nullable(),
  sentBy: z.literal("tidemark"),
});
export type AlertMessage = z.infer<typeof messageSchema>;

type Told = NonNullable<AlertMessage["incident"]>;

const verbs = {
  opened: "",
  repeated: "Still ",
  acknowledged: "Acknowledged ",
  closed: "Over ",
  test: "",
} as const;

export function messageText(event: AlertMessage["event"], incident: Told | null): string {
  if (incident === null) return "This is a test of an alert channel of Tidemark. Nothing is wrong.";
  const where =
    incident.consumerGroup === null
      ? incident.eventHubName
      : `${incident.consumerGroup} on ${incident.eventHubName}`;
  const what = event === "closed" ? `. At its worst: ${incident.worst}` : `: ${incident.summary}`;
  return oneLine(`${verbs[event]}[${incident.severity}] ${where}${what}`);
}

/** Replaces line breaks and bidirectional marks in foreign names by blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ");
}
