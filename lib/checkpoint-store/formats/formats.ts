import { commonFormat } from "./common.ts";
import type { BlobFormat } from "./format.ts";

/** Every layout that is understood; the first that knows a blob reads it. */
export const blobFormats: readonly BlobFormat[] = [commonFormat];
