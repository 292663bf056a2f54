import { z } from "zod";
import type { History } from "#lib/api/history.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import { formatBehind, formatLag, formatRate } from "#lib/client/format/format.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { bound } from "../output/group-columns.ts";
import type { Column } from "../output/table.ts";
import { parseAddress, storeShape } from "../parse/address.ts";
import { rangeShape, wholeNumber } from "../parse/time.ts";

const schema = z.object({
  ...storeShape,
  ...rangeShape,
  points: wholeNumber.optional(),
  partition: z.string().optional(),
});

export const history: RunCommand = async ({ api, output, args: [text], options }) => {
  const query = parseOptions(schema, { options });
  const found = await api.call(operations.getHistory, { params: parseAddress(text), query });
  if (found.error !== null)
    output.say(`The history can't be read. These are only the last figures. ${found.error.message}`);
  output.rows(columns, found.points, found, "Nothing was recorded in that time.");
  return "done";
};

type Point = History["points"][number];
const columns: Column<Point>[] = [
  { title: "AT", name: "at", value: ({ at }) => at, text: ({ at }) => moment(at) },
  lag("LAG", "lag", ({ lag }) => lag),
  lag("MAX LAG", "lagMax", ({ lagMax }) => lagMax),
  {
    title: "TIME LAG",
    name: "lagSeconds",
    value: ({ lagSeconds }) => lagSeconds,
    text: ({ lagSeconds, lagSecondsIsLowerBound }) => formatBehind(lagSeconds, lagSecondsIsLowerBound),
    isNumber: true,
  },
  rate("IN", "eventsInPerSecond", ({ eventsInPerSecond }) => eventsInPerSecond),
  rate("OUT", "eventsOutPerSecond", ({ eventsOutPerSecond }) => eventsOutPerSecond),
  { title: "UNKNOWN", name: "partitionsUnknown", value: (point) => point.partitionsUnknown, isNumber: true },
  bound("lagIsUpperBound", ({ lagIsUpperBound }) => lagIsUpperBound),
  bound("lagSecondsIsLowerBound", ({ lagSecondsIsLowerBound }) => lagSecondsIsLowerBound),
];

function lag(title: string, name: string, value: (point: Point) => number | null): Column<Point> {
  return {
    title,
    name,
    value,
    text: (point) => formatLag(value(point), point.lagIsUpperBound),
    isNumber: true,
  };
}

function rate(title: string, name: string, value: (point: Point) => number | null): Column<Point> {
  return { title, name, value, text: (point) => formatRate(value(point)), isNumber: true };
}
