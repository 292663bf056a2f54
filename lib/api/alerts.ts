import { z } from "zod";
import { reasonSchema } from "./reason.ts";
import { integerSchema, timeSchema } from "./scalars.ts";
import { lagStateSchema, statusSchema } from "./status.ts";

export const severities = ["info", "warning", "critical"] as const;
export const severitySchema = z.enum(severities).meta({ id: "Severity" });
export type Severity = z.infer<typeof severitySchema>;

/** A rule's condition. All but `stale` are about one group in one store. */
export const conditionSchema = z
  .union([
    z.strictObject({
      status: statusSchema.describe(
        "The status is this or worse, in the order warn, stall, rewind, stop. `unknown` matches only itself.",
      ),
    }),
    z.strictObject({
      lagState: z.array(lagStateSchema).min(1).describe("At least one partition is in one of these states."),
    }),
    z.strictObject({ lag: integerSchema.min(1).describe("The lag over all partitions is at least this.") }),
    z.strictObject({
      lagSeconds: z.number().positive().describe("The time lag of a partition is at least this, in seconds."),
    }),
    z.strictObject({
      retentionUsed: z
        .number()
        .gt(0)
        .max(1)
        .describe("A partition uses at least this share. At 1 the next events are lost."),
    }),
    z.strictObject({
      lossWithinSeconds: z
        .number()
        .positive()
        .describe("Unread events will be lost within this time, or are lost already."),
    }),
    z.strictObject({
      unownedSeconds: z.number().min(0).describe("A partition has had no active owner for this time."),
    }),
    z.strictObject({
      goneSeconds: z.number().min(0).describe("All blobs of a group have been deleted for this time."),
    }),
    z.strictObject({
      staleSeconds: z
        .number()
        .positive()
        .describe("The hub or one of its stores has not been read for this time."),
    }),
  ])
  .meta({ id: "AlertCondition" });
export type AlertCondition = z.infer<typeof conditionSchema>;

export const incidentSchema = z
  .object({
    id: integerSchema,
    ruleId: z.string(),
    severity: severitySchema,
    hub: z.string(),
    store: z.string().nullable().describe("Null: it is the hub's own."),
    group: z.string().nullable(),
    state: z.enum(["open", "closed"]),
    since: timeSchema.describe("When the condition began to hold, as far as it was seen."),
    openedAt: timeSchema.describe("When it had held for long enough."),
    closedAt: timeSchema.nullable(),
    closedBy: z
      .enum(["recovered", "gone", "rule"])
      .nullable()
      .describe("The condition ended, the group is gone, or the rule is."),
    summary: reasonSchema.describe("What is seen of it now: also that it is over, or not known."),
    worst: reasonSchema.describe("What it was at its worst."),
    acknowledged: z
      .object({ at: timeSchema, by: z.string(), note: z.string().nullable() })
      .nullable()
      .describe("Who takes care of it. It is not told again, unless what was foreseen happens."),
    silencedUntil: timeSchema.nullable().describe("No messages are sent until then; null: not silenced."),
    lastSeenAt: timeSchema.describe(
      "When the condition was last seen to hold. It and `summary` are kept every ten seconds where that changes, else each minute.",
    ),
  })
  .meta({ id: "Incident" });
export type Incident = z.infer<typeof incidentSchema>;

export const incidentsSchema = z
  .object({
    incidents: z.array(incidentSchema),
    open: integerSchema.describe("Those that are open now."),
    openPlaces: integerSchema.describe("The groups and hubs that they are of."),
    unacknowledgedPlaces: integerSchema.describe(
      "The places of those that are neither acknowledged nor silenced.",
    ),
    unacknowledgedSeverity: severitySchema.nullable().describe("The gravest of those; null: there are none."),
  })
  .meta({ id: "Incidents" });
export type Incidents = z.infer<typeof incidentsSchema>;

export const incidentsQuerySchema = z.object({
  state: z.enum(["open", "all"]).optional().describe("Default `all`."),
  hub: z.string().min(1).max(256).optional(),
  group: z.string().min(1).max(256).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional().describe("Default 100."),
  before: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Only incidents older than the one with this id."),
});
export type IncidentsQuery = z.infer<typeof incidentsQuerySchema>;

export const channelKinds = ["webhook", "slack", "teams", "pagerduty", "opsgenie", "email"] as const;

const deliverySchema = z
  .object({
    id: integerSchema,
    channel: z.string(),
    event: z.enum(["opened", "repeated", "acknowledged", "closed", "test"]),
    incidentId: integerSchema.nullable(),
    summary: z.string(),
    createdAt: timeSchema,
    state: z.enum(["waiting", "sent", "failed"]),
    tries: integerSchema,
    lastTriedAt: timeSchema.nullable(),
    nextTryAt: timeSchema.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: "Delivery" });
export type Delivery = z.infer<typeof deliverySchema>;

export const alertRuleSchema = z
  .object({
    id: z.string(),
    when: conditionSchema,
    hubs: z.array(z.string()).describe("Patterns; `*` stands for any text."),
    groups: z.array(z.string()),
    forSeconds: z.number().describe("How long the condition holds before an incident opens."),
    repeatSeconds: z.number().nullable().describe("How often an open incident is sent again; null: never."),
    severity: severitySchema,
    channels: z.array(z.string()),
  })
  .meta({ id: "AlertRule" });
export type AlertRule = z.infer<typeof alertRuleSchema>;

export const alertsSchema = z
  .object({
    rules: z.array(alertRuleSchema),
    areDefaults: z.boolean().describe("No rule is configured, so these are the built-in ones."),
    channels: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(channelKinds),
        host: z
          .string()
          .describe("The host of its address. The rest is left out, since it may hold a secret."),
        isSigned: z.boolean(),
      }),
    ),
    deliveries: z.array(deliverySchema).describe("The latest hundred, newest first."),
  })
  .meta({ id: "Alerts" });
export type Alerts = z.infer<typeof alertsSchema>;

export const testSentSchema = z.object({ id: integerSchema.describe("Of the delivery.") });
