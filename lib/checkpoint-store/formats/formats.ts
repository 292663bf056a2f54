import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import { commonFormat } from "./common.ts";
import { daprFormat } from "./dapr.ts";
import { ephFormat } from "./eph.ts";
import type { BlobFormat } from "./format.ts";
import { functionsFormat } from "./functions.ts";
import { go3Format } from "./go3.ts";

const blobFormats: readonly BlobFormat[] = [commonFormat, functionsFormat, daprFormat, ephFormat, go3Format];

/** Layouts that name hub and group, so they need no configuration. */
export const selfNaming: readonly CheckpointFormat[] = ["common", "functions", "dapr"];

/** The layouts to look for. `functions` brings `common`: Azure Functions write it since extension 5. */
export function formatsFor(wanted: readonly CheckpointFormat[]): BlobFormat[] {
  const names = new Set<CheckpointFormat>(wanted);
  if (names.has("functions")) names.add("common");
  return blobFormats.filter(({ format }) => names.has(format));
}
