import { type Sdk, sdks } from "./sdks.ts";

/** Set by the runner: the ids of this machine's SDKs, and whether to run the whole table. */
const { TIDEMARK_INTEROP_SDKS = "javascript", TIDEMARK_INTEROP_ALL } = process.env;

export const isWholeTable = TIDEMARK_INTEROP_ALL === "true";

export function chosenSdks(): readonly Sdk[] {
  const wanted = TIDEMARK_INTEROP_SDKS.split(",");
  return sdks.filter(({ id }) => wanted.includes(id));
}
