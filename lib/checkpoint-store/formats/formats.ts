import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import { commonFormat } from "./common.ts";
import { daprFormat } from "./dapr.ts";
import { ephFormat } from "./eph.ts";
import type { BlobFormat } from "./format.ts";
import { functionsFormat } from "./functions.ts";
import { go3Format } from "./go3.ts";

/** Every layout that is understood; the first that knows a blob reads it. */
const blobFormats: readonly BlobFormat[] = [commonFormat, functionsFormat, daprFormat, ephFormat, go3Format];

/** Those that name hub and group, and so need no word in the configuration. */
export const selfNaming: readonly CheckpointFormat[] = ["common", "functions", "dapr"];

/** The layouts to look for. Azure Functions write the common one since their extension 5, so it comes with theirs. */
export function formatsFor(wanted: readonly CheckpointFormat[]): BlobFormat[] {
  const names = new Set<CheckpointFormat>(wanted);
  if (names.has("functions")) names.add("common");
  return blobFormats.filter(({ format }) => names.has(format));
}
