import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import { showLines, showText } from "#lib/client/format/foreign-text.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { CommandFailure, usage } from "../failure.ts";
import { csvOf } from "../output/output.ts";
import type { Column } from "../output/table.ts";
import { parseAddress, storeShape } from "../parse/address.ts";

const schema = z.object({
  ...storeShape,
  at: z
    .string()
    .regex(/^(\d{1,16}|next|earliest|latest)$/, "write a sequence number, next, earliest or latest"),
});

export const events: RunCommand = async ({ api, output, args: [text, partitionId = ""], options }) => {
  const params = parseAddress(text);
  const { at, store } = parseOptions(schema, { options });
  const sequenceNumber = /^\d/.test(at) ? Number(at) : await positionOf(at);
  const event = await api.call(operations.readEvent, {
    params: { ...params, partitionId },
    query: { store, sequenceNumber },
  });
  if (output.format === "json") output.json(event);
  else if (output.format === "csv") output.text(csvOf(columns, [event]));
  else output.text(linesOf(event));
  return "done";

  async function positionOf(position: string): Promise<number> {
    const { partitions } = await api.call(operations.getConsumerGroup, { params, query: { store } });
    const partition = partitions.find((one) => one.partitionId === partitionId);
    if (partition === undefined) throw usage(`There is no partition ${partitionId}.`);
    const { beginningSequenceNumber: first, lastEnqueuedSequenceNumber: last, checkpoint } = partition;
    if (first === null || last === null) {
      throw new CommandFailure("failed", `Partition ${partitionId} was not read: name a sequence number.`);
    }
    if (position === "earliest") return Math.max(0, first);
    if (position === "latest") return Math.max(0, last);
    const next = Math.max(first, (checkpoint?.sequenceNumber ?? -1) + 1);
    if (next > last)
      throw new CommandFailure("failed", `The group has read all of partition ${partitionId}.`);
    return Math.max(0, next);
  }
};

const columns: Column<ReadEvent>[] = [
  { title: "PARTITION", name: "partitionId", value: ({ partitionId }) => partitionId },
  { title: "SEQUENCE NUMBER", name: "sequenceNumber", value: ({ sequenceNumber }) => sequenceNumber },
  { title: "OFFSET", name: "offset", value: ({ offset }) => offset },
  { title: "ENQUEUED", name: "enqueuedAt", value: ({ enqueuedAt }) => enqueuedAt },
  { title: "KEY", name: "partitionKey", value: ({ partitionKey }) => partitionKey },
  { title: "BYTES", name: "bytes", value: ({ body }) => body.bytes },
  { title: "BODY", name: "body", value: ({ body }) => body.preview },
];

/** Escapes foreign text, which could steer the terminal. */
function linesOf(event: ReadEvent): string {
  const { body } = event;
  const named: [string, string | null][] = [
    ["Event", `${event.sequenceNumber} of partition ${event.partitionId}, at offset ${event.offset}`],
    ["Enqueued", moment(event.enqueuedAt)],
    ["Key", event.partitionKey],
    ["Type", event.contentType],
    ["Message", event.messageId],
    ["Read with", event.readAs],
    ...event.properties.map(({ name, value }): [string, string] => ["Property", `${name} = ${value}`]),
    ["Body", `${body.bytes ?? "?"} bytes, ${body.kind}${body.isCut ? ", cut" : ""}`],
  ];
  const lines = named.flatMap(([title, value]) =>
    value === null ? [] : [`${title.padEnd(13)}${showText(value)}\n`],
  );
  return `${lines.join("")}${body.preview === "" ? "" : `\n${showLines(body.preview)}\n`}`;
}
