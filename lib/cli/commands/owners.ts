import { z } from "zod";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { Owners } from "#lib/api/history.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { moment } from "#lib/api/reasons/moment.ts";
import { formatAge, unknownMark } from "#lib/client/format/format.ts";
import { formatRanges } from "#lib/core/figures.ts";
import { ownerText } from "#lib/core/holding-owner.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { usage } from "../failure.ts";
import type { Column } from "../output/table.ts";
import { parseAddress, storeShape } from "../parse/address.ts";
import { rangeShape } from "../parse/time.ts";

const schema = z.object({ ...storeShape, ...rangeShape, changes: z.boolean().optional() });

export const owners: RunCommand = async ({ api, output, args: [text], options }) => {
  const params = parseAddress(text);
  const { changes, ...query } = parseOptions(schema, { options });
  if (changes) {
    const history = await api.call(operations.getOwners, { params, query });
    output.rows(changeColumns, history.changes, history, "No owner changed in that time.");
    return "done";
  }
  if (query.from !== undefined || query.to !== undefined) throw usage("--from and --to go with --changes.");
  const { owners: active, ownershipExpirationSeconds } = await api.call(operations.getConsumerGroup, {
    params,
    query: { store: query.store },
  });
  const none = `Nobody owns a partition: no ownership was renewed within ${ownershipExpirationSeconds} s.`;
  output.rows(ownerColumns(Date.now()), active, active, none);
  return "done";
};

type Owner = ConsumerGroup["owners"][number];
const ownerColumns = (now: number): Column<Owner>[] => [
  { title: "OWNER", name: "ownerId", value: ({ ownerId }) => ownerId, isLong: true },
  { title: "COUNT", name: "partitionCount", value: (owner) => owner.partitions.length, isNumber: true },
  {
    title: "PARTITIONS",
    name: "partitions",
    value: (owner) => owner.partitions.join(" "),
    text: (owner) => formatRanges(owner.partitions),
    isLong: true,
  },
  {
    title: "RENEWED",
    name: "lastRenewedAt",
    value: ({ lastRenewedAt }) => lastRenewedAt,
    text: ({ lastRenewedAt }) => formatAge(lastRenewedAt, now),
  },
];

const textOf = (ownerId: string | null) => (ownerId === null ? null : ownerText(ownerId));

const changeColumns: Column<Owners["changes"][number]>[] = [
  { title: "AT", name: "at", value: ({ at }) => at, text: ({ at }) => moment(at) },
  { title: "PARTITION", name: "partitionId", value: ({ partitionId }) => partitionId },
  { title: "CHANGE", name: "kind", value: ({ kind }) => kind },
  {
    title: "OWNER",
    name: "ownerId",
    value: ({ ownerId }) => textOf(ownerId),
    text: ({ ownerId }) => textOf(ownerId) ?? unknownMark,
    isLong: true,
  },
  {
    title: "BEFORE",
    name: "previousOwnerId",
    value: ({ previousOwnerId }) => textOf(previousOwnerId),
    isLong: true,
  },
];
