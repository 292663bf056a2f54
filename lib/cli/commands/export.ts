import { writeFile } from "node:fs/promises";
import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import type { Positions } from "#lib/api/plans/positions.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import { unknownMark } from "#lib/client/format/format.ts";
import { positionsToCsv, positionsToJson } from "#lib/client/positions/positions-file.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { CommandFailure } from "../failure.ts";
import type { Column } from "../output/table.ts";
import { parseAddress, storeShape } from "../parse/address.ts";

const schema = z.object({ ...storeShape, file: z.string().min(1).optional(), output: z.string().optional() });

export const exportPositions: RunCommand = async ({ api, output, args: [text], options }) => {
  const { store, file, output: asked } = parseOptions(schema, { options });
  const positions = await api.call(operations.getPositions, { params: parseAddress(text), query: { store } });
  const isCsv = asked === undefined ? file?.toLowerCase().endsWith(".csv") === true : output.format === "csv";
  const content = isCsv ? positionsToCsv(positions) : positionsToJson(positions);
  if (file !== undefined) {
    await writeFile(file, content, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
      const why = error.code === "EEXIST" ? "it is there already" : error.message;
      throw new CommandFailure("failed", `${file} was not written: ${why}.`);
    });
    output.say(`${positions.positions.length} partitions of ${positions.consumerGroup} are kept in ${file}.`);
  } else if (asked === "table" || asked === "wide") {
    output.rows(columns, positions.positions, positions, "The group has no partition.");
  } else {
    output.text(content);
  }
  return "done";
};

const columns: Column<Positions["positions"][number]>[] = [
  { title: "PARTITION", name: "partitionId", value: ({ partitionId }) => partitionId },
  { title: "NEXT", name: "nextSequenceNumber", value: (one) => one.nextSequenceNumber, isNumber: true },
  {
    title: "ENQUEUED",
    name: "enqueuedAt",
    value: ({ enqueuedAt }) => enqueuedAt,
    text: ({ enqueuedAt }) => (enqueuedAt === null ? unknownMark : moment(enqueuedAt)),
  },
];
