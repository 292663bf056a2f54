import { endText } from "#lib/client/owners/owner-words.ts";
import type { ObservedOwners } from "#lib/ownership/observed-owners.ts";
import { unownedStretches } from "#lib/ownership/unowned.ts";

/**
 * Part of a lane, in shares of the range from 0 to 1. `ownerId` is null when nobody owns; unknown times have
 * no stretch. Above 1 `count` stands for several stretches, each too short to draw.
 */
export interface Stretch {
  start: number;
  end: number;
  ownerId: string | null;
  from: number;
  to: number | null;
  ending: string;
  count: number;
}

export interface Lane {
  partitionId: string;
  stretches: readonly Stretch[];
}

export function ownerLanes(partitionIds: readonly string[], seen: ObservedOwners): Lane[] {
  const spans = Map.groupBy(seen.spans, (span) => span.partitionId);
  const unowned = unownedStretches(partitionIds, seen);
  return partitionIds.map((partitionId) => {
    const own = (spans.get(partitionId) ?? []).toSorted((a, b) => a.from - b.from);
    const owned = own.map(({ ownerId, from, to, endedBy }, index) => ({
      ...{ ownerId, from, to },
      ending: endText(endedBy, to, ownerId, own[index + 1]?.ownerId),
    }));
    const free = (unowned?.get(partitionId) ?? []).map(({ from, to }) => ({
      ...{ ownerId: null, from, to },
      ending: to === null ? "still nobody" : to === seen.to ? "to the end of this range" : "then claimed",
    }));
    const stretches = [...owned, ...free].sort((a, b) => a.from - b.from);
    return { partitionId, stretches: condense(stretches.flatMap((stretch) => inRange(stretch, seen))) };
  });
}

function inRange(
  stretch: Omit<Stretch, "start" | "end" | "count">,
  { from, to }: Pick<ObservedOwners, "from" | "to">,
): Stretch[] {
  const share = (at: number) => Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));
  const [start, end] = [share(stretch.from), share(stretch.to ?? to)];
  return end > start ? [{ ...stretch, start, end, count: 1 }] : [];
}

const narrow = 1 / 800;

/**
 * Merges stretches that are too short to distinguish, so that a lane never has more than a screen can show.
 */
export function condense(stretches: readonly Stretch[]): Stretch[] {
  const drawn: Stretch[] = [];
  for (const next of stretches) {
    const before = drawn.at(-1);
    const isShort = next.end - next.start < narrow;
    const joins =
      before !== undefined && isShort && before.end - before.start < narrow * 2 && before.end === next.start;
    if (joins && (before.count > 1 || before.end - before.start < narrow)) {
      drawn[drawn.length - 1] = {
        ...next,
        start: before.start,
        from: before.from,
        ownerId: null,
        count: before.count + 1,
      };
    } else drawn.push(next);
  }
  return drawn;
}
