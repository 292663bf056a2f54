import { type Sdk, sdks } from "./sdks.ts";

/** Set by the runner: the ids of the SDKs that this machine has, whether the whole table is wanted, and single cases. */
const { TIDEMARK_INTEROP_SDKS = "javascript", TIDEMARK_INTEROP_ALL, TIDEMARK_INTEROP_ONLY } = process.env;

export const isWholeTable = TIDEMARK_INTEROP_ALL === "true";
const only = new Set((TIDEMARK_INTEROP_ONLY ?? "").split("\n").filter(Boolean));

export function chosenSdks(): readonly Sdk[] {
  const wanted = TIDEMARK_INTEROP_SDKS.split(",");
  return sdks.filter(({ id }) => wanted.includes(id));
}

/** Where single cases are wanted, whether this is one. */
export const isWanted = (sdk: Sdk, title: string): boolean =>
  only.size === 0 || only.has(`${sdk.id}: ${title}`);
