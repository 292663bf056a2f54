import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { balance } from "./balance.ts";
import { type ObservedOwners, observedProcessors } from "./observed-owners.ts";
import { type FairShare, fairShare } from "./owner-shares.ts";
import { type UnownedStretch, unownedStretches } from "./unowned.ts";

export const ownerLimits = {
  /** Claims and thefts of one partition per hour. Deploying all processors makes one to three. */
  flappingChanges: 6,
  flappingWindowMs: 60 * 60_000,
  /** Balanced processors claim a partition every 10 s, so a minute without an owner is normal. */
  unownedMs: 2 * 60_000,
  standsStillMs: 2 * 60_000,
  settlesMs: 2 * 60_000,
} as const;

export interface Flapping {
  partitionId: string;
  changes: number;
  from: EpochMs;
  to: EpochMs;
}

/** `isSinceTakeover`: the checkpoint is older than its owner, and `since` is when that came. */
export interface StandingStill {
  partitionId: string;
  ownerId: string;
  since: EpochMs | null;
  hasCheckpoint: boolean;
  isSinceTakeover: boolean;
  waiting: number | null;
}

export type OwnerFinding =
  /** `isAll`: every partition at the same time. Without `hadOwners` none ever had an owner. */
  | { kind: "unowned"; isAll: boolean; hadOwners: boolean; partitions: UnownedStretch[] }
  | { kind: "standsStill"; partitions: StandingStill[] }
  | { kind: "flapping"; partitions: Flapping[] }
  | {
      kind: "uneven";
      owners: { ownerId: string; partitions: number }[];
      share: FairShare;
      least: number;
      isSettling: boolean;
    };

export interface GroupNow {
  group: Pick<ConsumerGroup, "owners">;
  partitions: readonly GroupPartition[];
}

/**
 * Returns what is wrong with ownership, gravest first, each finding once with all its partitions. Findings
 * about now need a range that ends now.
 */
export function ownerFindings(seen: ObservedOwners, { group, partitions }: GroupNow): OwnerFinding[] {
  const ids = partitions.map(({ partitionId }) => partitionId);
  const found = [
    unowned(seen, ids),
    ...(seen.isLive ? [standingStill(seen, partitions)] : []),
    flapping(observedProcessors(seen)),
    ...(seen.isLive ? [uneven(seen, group, ids.length)] : []),
  ];
  return found.filter((finding) => finding !== null);
}

function unowned(seen: ObservedOwners, partitionIds: readonly string[]): OwnerFinding | null {
  const lengthOf = ({ from, to }: UnownedStretch) => (to ?? seen.to) - from;
  const all = unownedStretches(partitionIds, seen);
  const longest = [...(all?.values() ?? [])].flatMap((stretches) => {
    const long = stretches.filter((stretch) => lengthOf(stretch) >= ownerLimits.unownedMs);
    return long.length === 0 ? [] : [long.reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a))];
  });
  const [first] = longest;
  if (first === undefined) return null;
  const isAll =
    longest.length === partitionIds.length &&
    longest.every(({ from, to }) => to === first.to && Math.abs(from - first.from) < ownerLimits.unownedMs);
  const partitions = longest.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  return {
    kind: "unowned",
    isAll,
    hadOwners: seen.spans.some(({ ownerId }) => isProcessor(ownerId)),
    partitions,
  };
}

/**
 * Goes by the status (lib/lag/README.md#status): events waited all the time, so idle partitions don't count.
 */
function standingStill(seen: ObservedOwners, partitions: readonly GroupPartition[]): OwnerFinding | null {
  const heldSince = new Map(
    seen.spans.flatMap(({ partitionId, from, to }) => (to === null ? [[partitionId, from] as const] : [])),
  );
  const still = partitions.flatMap((partition): StandingStill[] => {
    const { partitionId, owner, checkpoint, status, lag } = partition;
    if (owner?.state !== "active" || !isProcessor(owner.ownerId)) return [];
    const one = { partitionId, ownerId: owner.ownerId, waiting: lag, hasCheckpoint: checkpoint !== null };
    if (status === "stall") return [{ ...one, since: null, isSinceTakeover: false }];
    const held = heldSince.get(partitionId) ?? null;
    const written = checkpoint === null ? null : Date.parse(checkpoint.updatedAt);
    if (written === null ? !isIgnored(partition, held) : status !== "stop") return [];
    const since = Math.max(written ?? 0, held ?? 0);
    const isSinceTakeover = written !== null && held !== null && held > written;
    return since > 0 && seen.to - since >= ownerLimits.standsStillMs
      ? [{ ...one, since, isSinceTakeover }]
      : [];
  });
  if (still.length === 0) return null;
  return {
    kind: "standsStill",
    partitions: still.toSorted((a, b) => (a.since ?? seen.to) - (b.since ?? seen.to)),
  };
}

function isIgnored({ lag, lastEnqueuedAt }: GroupPartition, held: EpochMs | null): boolean {
  return held !== null && (lag ?? 0) > 0 && lastEnqueuedAt !== null && Date.parse(lastEnqueuedAt) > held;
}

function flapping({ changes }: ObservedOwners): OwnerFinding | null {
  const claims = changes.filter(({ kind }) => kind === "claimed" || kind === "stolen");
  const partitions = [...Map.groupBy(claims, (change) => change.partitionId)].flatMap(
    ([partitionId, own]) => {
      const worst = busiest(own.map(({ at }) => at));
      return worst !== null && worst.changes >= ownerLimits.flappingChanges
        ? [{ partitionId, ...worst }]
        : [];
    },
  );
  if (partitions.length === 0) return null;
  return { kind: "flapping", partitions: partitions.toSorted((a, b) => b.changes - a.changes) };
}

function busiest(times: readonly EpochMs[]): Omit<Flapping, "partitionId"> | null {
  let worst: Omit<Flapping, "partitionId"> | null = null;
  let first = 0;
  for (const [index, to] of times.entries()) {
    while ((times[first] ?? to) <= to - ownerLimits.flappingWindowMs) first += 1;
    const changes = index - first + 1;
    if (worst === null || changes > worst.changes) worst = { changes, from: times[first] ?? to, to };
  }
  return worst;
}

function uneven(
  { changes, to }: ObservedOwners,
  { owners: active }: GroupNow["group"],
  partitionCount: number,
): OwnerFinding | null {
  const share = fairShare(partitionCount, active.length);
  const shared = balance(active.map(({ partitions: partitionIds }) => ({ partitionIds })));
  if (share === null || shared === null || shared.isBalanced) return null;
  const owners = active
    .map(({ ownerId, partitions }) => ({ ownerId, partitions: partitions.length }))
    .filter(({ partitions }) => partitions > share.most)
    .sort((a, b) => b.partitions - a.partitions);
  if (owners.length === 0) return null;
  const isSettling = (changes.at(-1)?.at ?? 0) > to - ownerLimits.settlesMs;
  return { kind: "uneven", owners, share, least: shared.min, isSettling };
}
