import type { MovePreviewRequest, MoveTarget } from "#lib/api/plans/moves.ts";
import type { ResetPlan } from "#lib/api/resets.ts";
import { parseRanges } from "#lib/client/lag/partition-ranges.ts";
import { askedPartitions } from "#lib/client/resets/plan-totals.ts";
import { parseAsLiteral, parseAsString, pathWith } from "#lib/client/url/parsers.ts";
import { movePath } from "#lib/client/url/paths.ts";
import { formatRanges } from "#lib/core/figures.ts";
import { checkpointFormats } from "#lib/core/stored-blobs.ts";

export const moveParsers = {
  partitions: parseAsString,
  format: parseAsLiteral(checkpointFormats),
  toHub: parseAsString,
  toStore: parseAsString,
  toGroup: parseAsString,
};

export interface MoveUrl {
  partitions: string | null;
  format: NonNullable<MoveTarget["format"]> | null;
  toHub: string | null;
  toStore: string | null;
  toGroup: string | null;
}

export function chooseMove(
  url: MoveUrl,
  known: readonly string[],
): { request: MovePreviewRequest } | { missing: string } {
  const { partitions, format, toHub, toStore } = url;
  const { ids, problems } = parseRanges(partitions ?? "", known);
  const [problem] = problems;
  if (problem !== undefined) return { missing: problem };
  if (partitions !== null && ids.length === 0) return { missing: "Name the partitions to move." };
  const toGroup = url.toGroup?.trim();
  if (toGroup === "") return { missing: "Name the consumer group to move to." };
  return {
    request: {
      partitions: partitions === null ? "all" : ids,
      to: {
        ...(toHub !== null && { hub: toHub }),
        ...(toStore !== null && { store: toStore }),
        ...(toGroup !== undefined && { group: toGroup }),
      },
      ...(format !== null && { format }),
      overwrite: [],
    },
  };
}

export function moveAgainPath(plan: ResetPlan, { from, format }: MoveTarget): string {
  const { unchanged, hub, group, store } = plan;
  const isOther = group.toLowerCase() !== from.group.toLowerCase();
  return pathWith(movePath(from.hub ?? hub, from.group, from.store), moveParsers, {
    partitions: unchanged + plan.entries.length === 0 ? null : formatRanges(askedPartitions(plan)),
    format: format ?? null,
    toHub: from.hub === undefined ? null : hub,
    toStore: store === from.store ? null : store,
    toGroup: isOther ? group : null,
  });
}
