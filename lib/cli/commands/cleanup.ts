import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { parseOptions, type RunCommand } from "../command.ts";
import { parseAddress, storeShape } from "../parse/address.ts";
import { applyShape, showOrApply } from "../resets/apply.ts";

const schema = z.object({
  ...storeShape,
  ...applyShape,
  blob: z.array(z.string().min(1)).min(1).optional(),
});

export const cleanup: RunCommand = async (input) => {
  const params = parseAddress(input.args[0]);
  const options = parseOptions(schema, input);
  const plan = await input.api.call(operations.previewCleanup, {
    params,
    query: { store: options.store },
    body: { blobs: options.blob ?? "all" },
  });
  return showOrApply(input, plan, options);
};
