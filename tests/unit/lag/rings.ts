import { addCommit, type CommitRing, noCommits } from "#lib/lag/commits.ts";
import { PositionRing } from "#lib/lag/positions.ts";

export type CommitSample = readonly [
  sequenceNumber: number,
  second: number,
  lag: number | null,
  blindSeconds?: number,
];

export function ringOf(...samples: readonly CommitSample[]): CommitRing {
  return samples.reduce(
    (ring, [sequenceNumber, second, lag, blindSeconds = 0]) =>
      addCommit(ring, { sequenceNumber, at: second * 1000, lag, blindMs: blindSeconds * 1000 }),
    noCommits,
  );
}

export function positionsOf(
  pairs: readonly (readonly [value: number, second: number])[],
  capacity?: number,
): PositionRing {
  const ring = new PositionRing(capacity);
  for (const [value, second] of pairs) ring.add(value, second * 1000);
  return ring;
}

export function pairsOf(ring: PositionRing): [number, number][] {
  return Array.from({ length: ring.size }, (_, index) => [
    ring.sequenceNumberAt(index),
    ring.timeAt(index) / 1000,
  ]);
}
