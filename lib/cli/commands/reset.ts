import { z } from "zod";
import { parseOptions, type RunCommand } from "../command.ts";
import { parseAddress } from "../parse/address.ts";
import { applyShape, showOrApply } from "../resets/apply.ts";
import { choiceShape, planReset } from "../resets/choice.ts";
import { targetOf, targetShape } from "../resets/target.ts";

const schema = z.object({ ...targetShape, ...choiceShape, ...applyShape });

export const reset: RunCommand = async (input) => {
  const params = parseAddress(input.args[0]);
  const options = parseOptions(schema, input);
  const target = targetOf(options);
  const wanted = "file" in target ? { ...target, by: null } : target;
  return showOrApply(input, await planReset(input.api, params, wanted, options), options);
};
