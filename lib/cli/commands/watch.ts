import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import { type SnapshotEvent, snapshotEventSchema } from "#lib/api/stream.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { CommandFailure } from "../failure.ts";
import { groupColumns, type HubGroup, partitionColumns } from "../output/group-columns.ts";
import { csvOf, type Output } from "../output/output.ts";
import { parseAddress, storeShape } from "../parse/address.ts";
import { wholeNumber } from "../parse/time.ts";
import { readServerSentEvents } from "../read-server-sent-events.ts";

const schema = z.object({ ...storeShape, count: wholeNumber.optional() });
const againMs = 2_000;

export const watch: RunCommand = async ({ api, output, args: [text], options, signal }) => {
  const { hub, group } = parseAddress(text);
  const { store, count = Number.POSITIVE_INFINITY } = parseOptions(schema, { options });
  // Fails once if the group does not exist.
  await api.call(operations.getConsumerGroup, { params: { hub, group }, query: { store } });
  let shown = 0;
  while (!signal.aborted && shown < count) {
    try {
      const stream = await api.open(operations.getStream, { hub, group, store }, signal);
      for await (const { event, data } of readServerSentEvents(stream)) {
        if (event !== "snapshot") continue;
        show(output, snapshotEventSchema.parse(JSON.parse(data)), hub, shown === 0);
        shown += 1;
        if (shown >= count) break;
      }
    } catch (error) {
      if (signal.aborted) break;
      const isLost =
        error instanceof CommandFailure ? error.outcome === "failed" : error instanceof TypeError;
      if (!isLost) throw error;
      output.say(`The stream broke off, and is asked for again: ${(error as Error).message}`);
    }
    if (shown < count) await pause(againMs, signal);
  }
  return "done";
};

function show(output: Output, snapshot: SnapshotEvent, hub: string, isFirst: boolean): void {
  const { consumerGroups, partitions = [], group: name, store } = snapshot;
  const found = consumerGroups.find((one) => one.name === name && one.store === store);
  if (found === undefined) {
    output.say("The group is not there any more.");
    return;
  }
  if (output.format === "json") {
    output.text(`${JSON.stringify({ ...found, hub, partitions })}\n`);
    return;
  }
  const now = Date.now();
  const row: HubGroup = { hub, group: found };
  if (output.format === "csv") {
    const [head, ...lines] = csvOf(groupColumns(now), [row]).split(/(?<=\r\n)/);
    output.text(`${isFirst ? head : ""}${lines.join("")}`);
    return;
  }
  const table = output.table(groupColumns(now), [row]);
  if (!output.isTerminal) {
    output.text(`${moment(new Date(now).toISOString())}  ${table.split("\n")[1]}\n`);
    return;
  }
  // Cursor home, the frame, then clear what is left of a longer one.
  const frame = `${table}\n${output.table(partitionColumns(now), partitions)}\n${moment(new Date(now).toISOString())}, Ctrl-C ends it\n`;
  output.text(`\x1b[H${frame.replaceAll("\n", "\x1b[K\n")}\x1b[J`);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
