import { runFolder, type Sdk, sdks } from "./sdks.ts";

/**
 * The runner sets these: the ids of the SDKs that this machine has, whether the whole table is wanted, and
 * titles of single cases.
 */
const { TIDEMARK_INTEROP_SDKS = "javascript", TIDEMARK_INTEROP_ALL, TIDEMARK_INTEROP_ONLY } = process.env;

export const logsFolder = runFolder(TIDEMARK_INTEROP_SDKS);

export const isWholeTable = TIDEMARK_INTEROP_ALL === "true";

export function chosenSdks(): readonly Sdk[] {
  const wanted = TIDEMARK_INTEROP_SDKS.split(",");
  return sdks.filter(({ id }) => wanted.includes(id));
}

const only = new Set((TIDEMARK_INTEROP_ONLY ?? "").split("\n").filter(Boolean));

export const isWanted = (title: string): boolean => only.size === 0 || only.has(title);
