import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { kindOf } from "../plan-kind.ts";

/**
 * Why a reviewed plan has to wait. Partitions in `waiting` wait for somebody to stop, for time to pass, or under a
 * live plan for a processor to own them again. `owners` have to stop; a live reset asks nobody to. `isOwned`: a
 * processor owns one of them. `isAwaitingOwner`: an owner would end the wait before the time does. `firstFreeAt` and `allFreeAt` are the server's times when the first and the last are free if nobody renews
 * or checkpoints; null: unknown. `hasMoved`: a checkpoint moved since the plan was made: an offline write would be
 * refused, and a live reset has more to read again.
 */
export interface PlanWatch {
  waiting: string[];
  owners: string[];
  isOwned: boolean;
  isAwaitingOwner: boolean;
  firstFreeAt: EpochMs | null;
  allFreeAt: EpochMs | null;
  hasMoved: boolean;
}

/** What keeps a live reset off while no processor owns the partition; an owner is what it holds off. */
const endedByOwner: ReadonlySet<string> = new Set(["heldByReset", "checkpointJustWritten"]);

const passing: ReadonlySet<string> = new Set([
  "partitionOwned",
  "ownedTwice",
  "heldByReset",
  "checkpointContested",
  "checkpointJustWritten",
]);

export function watchPlan(plan: ResetPlan, group: ConsumerGroupDetail | undefined): PlanWatch | null {
  const kind = kindOf(plan.target);
  if (group === undefined || (kind !== "reset" && kind !== "undo")) return null;
  const now = new Map(group.partitions.map((partition) => [partition.partitionId, partition]));
  const madeAt = Date.parse(plan.createdAt);
  const waiting = plan.entries.filter(isWaiting);
  const isLive = plan.mode === "live";
  const awaitsOwner = (entry: ResetPlanEntry) => isLive && endedByOwner.has(entry.blockedBy?.code ?? "");
  const free = waiting.map((entry) => {
    const partition = now.get(entry.partitionId);
    return awaitsOwner(entry) && ownedSince(partition, madeAt) ? madeAt : freeAt(entry, partition, madeAt);
  });
  const known = free.filter((at) => at !== null);
  const owners = waiting.flatMap(({ partitionId }) => {
    const owner = now.get(partitionId)?.owner;
    return owner?.state === "active" && isProcessor(owner.ownerId) ? [owner.ownerId] : [];
  });
  return {
    waiting: waiting.map(({ partitionId }) => partitionId),
    owners: isLive ? [] : [...new Set(owners)],
    isOwned: owners.length > 0,
    isAwaitingOwner: waiting.some(awaitsOwner),
    firstFreeAt: known.length === 0 ? null : Math.min(...known),
    allFreeAt: known.length === 0 || known.length < free.length ? null : Math.max(...known),
    hasMoved: plan.entries.some((entry) => hasMoved(entry, now.get(entry.partitionId), madeAt)),
  };
}

function isWaiting({ blockedBy }: ResetPlanEntry): boolean {
  return blockedBy !== null && passing.has(blockedBy.code);
}

/** True where a group has passed the event of a planned skip by itself since: no new plan can be made of it. */
export function hasPassedEvent(
  { target, entries, createdAt }: Pick<ResetPlan, "target" | "entries" | "createdAt">,
  group: Pick<ConsumerGroupDetail, "partitions"> | undefined,
): boolean {
  if (!("skipped" in target)) return false;
  const { partitionId, sequenceNumber } = target.skipped;
  const now = group?.partitions.find((one) => one.partitionId === partitionId);
  const at = now?.checkpoint ?? null;
  if (at === null || at.sequenceNumber === null || isOwnWrite(at.writtenBy)) return false;
  const isNewer = entries.some((entry) => hasMoved(entry, now, Date.parse(createdAt)));
  return isNewer && at.sequenceNumber >= sequenceNumber;
}

/** Only a newer checkpoint counts: the refresh may be older than the plan. */
function hasMoved({ current }: ResetPlanEntry, now: GroupPartition | undefined, madeAt: EpochMs): boolean {
  if (now?.checkpoint == null) return false;
  const seenAt = current === null ? madeAt : Date.parse(current.updatedAt);
  return Date.parse(now.checkpoint.updatedAt) > seenAt;
}

/** The refresh may be older than the plan, so only a later renewal counts. */
function ownedSince(partition: GroupPartition | undefined, madeAt: EpochMs): boolean {
  const owner = partition?.owner;
  return owner?.state === "active" && isProcessor(owner.ownerId) && Date.parse(owner.lastRenewedAt) > madeAt;
}

function freeAt(
  { blockedBy }: ResetPlanEntry,
  now: GroupPartition | undefined,
  madeAt: EpochMs,
): EpochMs | null {
  const params = blockedBy?.params ?? {};
  const seconds = (name: string) => (typeof params[name] === "number" ? (params[name] as number) : null);
  const left = seconds("expiresInSeconds") ?? seconds("retryAfterSeconds");
  const age = seconds("renewedSecondsAgo") ?? seconds("writtenSecondsAgo");
  if (left === null) return null;
  if (age === null || now === undefined) return madeAt + left * 1_000;
  const guardMs = (age + left) * 1_000;
  const { owner, checkpoint } = now;
  const written = checkpoint === null || isOwnWrite(checkpoint.writtenBy) ? [] : [checkpoint.updatedAt];
  const renewed = owner?.state === "active" ? [owner.lastRenewedAt] : [];
  // For a released or missing owner, its last checkpoint counts.
  return Math.max(...[...renewed, ...written].map((at) => Date.parse(at) + guardMs), madeAt);
}

const beforeExpiryMs = 20_000;

export function renewalDue(plan: ResetPlan, watch: PlanWatch | null, now: EpochMs): boolean {
  if (watch === null) return false;
  if (watch.hasMoved) return true;
  if (watch.waiting.length === 0) return false;
  const isFree = watch.firstFreeAt !== null && now >= watch.firstFreeAt;
  // With two ownership blobs no time is known: look again once nobody owns the partition.
  const isLeft = watch.firstFreeAt === null && !watch.isOwned;
  return isFree || isLeft || now >= Date.parse(plan.expiresAt) - beforeExpiryMs;
}
