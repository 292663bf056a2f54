import { z } from "zod";
import { parseOptions, type RunCommand } from "../command.ts";
import { parseAddress } from "../parse/address.ts";
import { applyShape, showOrApply } from "../resets/apply.ts";
import { choiceShape, planReset } from "../resets/choice.ts";

const schema = z.object({ ...choiceShape, ...applyShape, by: z.enum(["position", "time"]).optional() });

export const importPositions: RunCommand = async (input) => {
  const [address, file = ""] = input.args;
  const options = parseOptions(schema, input);
  const wanted = { file, by: options.by ?? null };
  return showOrApply(input, await planReset(input.api, parseAddress(address), wanted, options), options);
};
