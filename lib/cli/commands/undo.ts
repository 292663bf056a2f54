import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import { type CommandInput, parseOptions, type RunCommand } from "../command.ts";
import { CommandFailure } from "../failure.ts";
import { parseAddress, storeShape } from "../parse/address.ts";
import { applyShape, showOrApply } from "../resets/apply.ts";

const schema = z.object({ ...storeShape, ...applyShape });

export const undo: RunCommand = async (input) => {
  const { api, args } = input;
  const options = parseOptions(schema, input);
  const [which = ""] = args;
  const id = which.includes("/") ? await lastReset(api, which, options.store) : which;
  const plan = await api.call(operations.undoReset, { params: { id }, body: {} });
  return showOrApply(input, plan, options);
};

async function lastReset(
  api: CommandInput["api"],
  address: string,
  store: string | undefined,
): Promise<string> {
  const params = parseAddress(address);
  const { resets } = await api.call(operations.listResets, { params, query: { store, limit: 1 } });
  const [last] = resets;
  if (last === undefined) throw new CommandFailure("failed", `${address} was never reset.`);
  return last.id;
}
