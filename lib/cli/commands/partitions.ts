import { operations } from "#lib/api/operations/operations.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { partitionColumns } from "../output/group-columns.ts";
import { parseAddress, storeOptions } from "../parse/address.ts";

export const partitions: RunCommand = async ({ api, output, args: [text], options }) => {
  const query = parseOptions(storeOptions, { options });
  const found = await api.call(operations.getConsumerGroup, { params: parseAddress(text), query });
  if (found.error !== null) output.say(`These figures are old: ${found.error.message}`);
  output.rows(
    partitionColumns(Date.now()),
    found.partitions,
    found.partitions,
    "The hub has not been read yet.",
  );
  return "done";
};
