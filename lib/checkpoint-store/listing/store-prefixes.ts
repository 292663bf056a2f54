import type { BlobFormat, StoreScope } from "#lib/checkpoint-store/formats/format.ts";
import { logger } from "#lib/checkpoint-store/log.ts";
import { withoutCovered } from "./group-listing.ts";
import type { LevelReader } from "./levels.ts";
import { findSpellings } from "./spellings.ts";

const mostPrefixes = 16;

/**
 * The prefixes to list at each refresh, as the container spells them. The first layout's own folder and
 * configured places are always included, so that new blobs there show at once.
 */
export async function findPrefixes(
  levels: LevelReader,
  base: string,
  formats: readonly BlobFormat[],
  scope: StoreScope,
): Promise<string[]> {
  const roots = formats.flatMap((format) => format.roots(scope));
  const exact = roots.filter((root) => root.exact).map(({ path }) => base + path);
  const sought = roots.filter((root) => !root.exact).map(({ path }) => path);
  const found = await findSpellings(levels, base, sought);
  const first = sought.slice(0, 1).map((path) => base + path);
  const prefixes = withoutCovered([...first, ...exact, ...found]);
  if (prefixes.length > mostPrefixes) {
    logger.warning(`${prefixes.length} prefixes hold checkpoints of one hub; ${mostPrefixes} are read.`);
  }
  return prefixes.slice(0, mostPrefixes);
}
