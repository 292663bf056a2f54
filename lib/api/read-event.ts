import { z } from "zod";
import { integerSchema, storeQuerySchema, timeSchema } from "./scalars.ts";

const namedValueSchema = z.object({
  name: z.string(),
  value: z.string().describe("As text; bytes in hexadecimal."),
  isCut: z.boolean().describe("There is more of the value."),
});

export const readEventSchema = z
  .object({
    partitionId: z.string(),
    sequenceNumber: integerSchema.describe(
      "The event's own: later than the one asked for where that is not in the stream (any more).",
    ),
    offset: z.string().describe("Opaque."),
    enqueuedAt: timeSchema,
    readAs: z.string().describe("The consumer group that it was read with."),
    partitionKey: z.string().nullable(),
    contentType: z.string().nullable(),
    messageId: z.string().nullable(),
    correlationId: z.string().nullable(),
    properties: z.array(namedValueSchema).describe("At most 50."),
    systemProperties: z.array(namedValueSchema).describe("At most 50."),
    body: z.object({
      kind: z
        .enum(["empty", "text", "hex"])
        .describe("What reads as UTF-8 is text; the rest is shown byte by byte."),
      preview: z.string().describe("The first 4,096 bytes of a text, the first 512 of other bytes."),
      bytes: integerSchema.nullable().describe("The whole body's; null where it is no sequence of bytes."),
      isCut: z.boolean(),
    }),
  })
  .meta({ id: "ReadEvent" });
export type ReadEvent = z.infer<typeof readEventSchema>;

export const eventsPageSchema = z
  .object({
    events: z
      .array(readEventSchema)
      .describe("In the order of the stream. None: there is no event in that direction."),
  })
  .meta({ id: "EventsPage" });
export type EventsPage = z.infer<typeof eventsPageSchema>;

const fileValueSchema = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
});

export const eventFileSchema = z
  .object({
    fullyQualifiedNamespace: z.string(),
    eventHubName: z.string(),
    ...readEventSchema.omit({ properties: true, systemProperties: true, body: true, readAs: true }).shape,
    sequenceNumber: integerSchema,
    properties: z.array(fileValueSchema),
    systemProperties: z.array(fileValueSchema),
    body: z.object({
      encoding: z
        .enum(["text", "base64", "value"])
        .describe("`value`: the body was no sequence of bytes, and is written as text."),
      content: z.string(),
    }),
  })
  .meta({ id: "EventFile" });
export type EventFile = z.infer<typeof eventFileSchema>;

const whichEvent = "name the event by its sequence number, a whole number from 0 on";

export const readEventQuerySchema = z.object({
  store: storeQuerySchema,
  sequenceNumber: z.coerce.number(whichEvent).int(whichEvent).min(0, whichEvent),
});
export type ReadEventQuery = z.infer<typeof readEventQuerySchema>;

const mostEventsAtOnce = 10;

export const eventsPageQuerySchema = readEventQuerySchema.extend({
  direction: z
    .enum(["earlier", "later"])
    .default("later")
    .describe("`later`: from that event on; `earlier`: the last ones before it."),
  count: z.coerce.number().int().min(1).max(mostEventsAtOnce).default(mostEventsAtOnce),
});
