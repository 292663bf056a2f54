import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { checkpointFormats } from "#lib/core/stored-blobs.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { parseAddress, storeShape } from "../parse/address.ts";
import { applyShape, showOrApply } from "../resets/apply.ts";
import { chosenOf } from "../resets/choice.ts";

const schema = z.object({
  ...storeShape,
  ...applyShape,
  partitions: z.string().optional(),
  toHub: z.string().optional(),
  toStore: z.string().optional(),
  toGroup: z.string().optional(),
  format: z.enum(checkpointFormats).optional(),
  overwrite: z.string().optional(),
});

export const move: RunCommand = async (input) => {
  const { api, args } = input;
  const params = parseAddress(args[0]);
  const options = parseOptions(schema, input);
  const { store, partitions, toHub, toStore, toGroup, format, overwrite } = options;
  const group = await api.call(operations.getConsumerGroup, { params, query: { store } });
  const known = group.partitions.map(({ partitionId }) => partitionId);
  const plan = await api.call(operations.previewMove, {
    params,
    query: { store },
    body: {
      partitions: partitions === undefined ? "all" : chosenOf(partitions, known),
      to: {
        ...(toHub !== undefined && { hub: toHub }),
        ...(toGroup !== undefined && { group: toGroup }),
        ...(toStore !== undefined && { store: toStore }),
      },
      ...(format !== undefined && { format }),
      overwrite: overwrite === undefined ? [] : chosenOf(overwrite, known, "--overwrite"),
    },
  });
  return showOrApply(input, plan, options);
};
