import type { ConsumerGroupDetail, GroupPartition } from "#lib/api/consumer-group.ts";
import type { ResetPlan, ResetPlanEntry } from "#lib/api/resets.ts";
import { isProcessor } from "#lib/core/holding-owner.ts";
import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { kindOf } from "../plan-kind.ts";

/** What stands between a reviewed plan and the moment at which it can be applied. Times are the server's. */
export interface PlanWatch {
  /** Partitions that wait until somebody stops, or until time has passed. */
  waiting: string[];
  /** Who owns them now, as the last refresh saw it. */
  owners: string[];
  /** When the first and the last of them are free if nobody renews or checkpoints; null: not known. */
  firstFreeAt: EpochMs | null;
  allFreeAt: EpochMs | null;
  /** Offline: a checkpoint has moved since the plan was made, so its write would be refused. */
  hasMoved: boolean;
}

/** Blocks that end by themselves once the group's processors have stopped. */
const passing: ReadonlySet<string> = new Set([
  "partitionOwned",
  "ownedTwice",
  "heldByReset",
  "checkpointContested",
  "checkpointJustWritten",
]);

/** Null: nothing of this plan is worth watching, or the group is not known now. */
export function watchPlan(plan: ResetPlan, group: ConsumerGroupDetail | undefined): PlanWatch | null {
  const kind = kindOf(plan.target);
  if (group === undefined || (kind !== "reset" && kind !== "undo")) return null;
  const now = new Map(group.partitions.map((partition) => [partition.partitionId, partition]));
  const madeAt = Date.parse(plan.createdAt);
  const waiting = plan.entries.filter(isWaiting);
  const free = waiting.map((entry) => freeAt(entry, now.get(entry.partitionId), madeAt));
  const known = free.filter((at) => at !== null);
  const owners = waiting.flatMap(({ partitionId }) => {
    const owner = now.get(partitionId)?.owner;
    return owner?.state === "active" && isProcessor(owner.ownerId) ? [owner.ownerId] : [];
  });
  return {
    waiting: waiting.map(({ partitionId }) => partitionId),
    owners: [...new Set(owners)],
    firstFreeAt: known.length === 0 ? null : Math.min(...known),
    allFreeAt: known.length === 0 || known.length < free.length ? null : Math.max(...known),
    // A live reset looks at what stands there when it holds the partition.
    hasMoved:
      plan.mode === "offline" &&
      plan.entries.some((entry) => hasMoved(entry, now.get(entry.partitionId), madeAt)),
  };
}

function isWaiting({ blockedBy }: ResetPlanEntry): boolean {
  return blockedBy !== null && passing.has(blockedBy.code);
}

/** Only a newer one: the refresh may be older than the plan. */
function hasMoved({ current }: ResetPlanEntry, now: GroupPartition | undefined, madeAt: EpochMs): boolean {
  if (now?.checkpoint == null) return false;
  const seenAt = current === null ? madeAt : Date.parse(current.updatedAt);
  return Date.parse(now.checkpoint.updatedAt) > seenAt;
}

/** The later of what the plan was told and what the refreshes have seen since. */
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
  // One that was released, or is gone, is no longer what is waited for: its last checkpoint is.
  return Math.max(...[...renewed, ...written].map((at) => Date.parse(at) + guardMs), madeAt);
}

/** A plan that waits is renewed before its time is over. */
const beforeExpiryMs = 20_000;

/** Whether a plan is to be made anew: its checkpoints have moved, or what blocks it may be gone. */
export function renewalDue(plan: ResetPlan, watch: PlanWatch | null, now: EpochMs): boolean {
  if (watch === null) return false;
  if (watch.hasMoved) return true;
  if (watch.waiting.length === 0) return false;
  const isFree = watch.firstFreeAt !== null && now >= watch.firstFreeAt;
  // Whoever is in two blobs says of no time: it is looked at again once nobody owns the partition.
  const isLeft = watch.firstFreeAt === null && watch.owners.length === 0;
  return isFree || isLeft || now >= Date.parse(plan.expiresAt) - beforeExpiryMs;
}

/** What a typed confirmation was typed for: where each partition goes. The start is the start wherever it lies. */
export function targetsKey({ entries, target }: Pick<ResetPlan, "entries" | "target">): string {
  const places = entries.map((entry) => [entry.partitionId, placeOf(entry)]);
  return JSON.stringify([target.kind === "ago" ? "time" : target.kind, ...places]);
}

/** Where it goes; null: nowhere yet. */
export function placeOf({ target, removes }: ResetPlanEntry): string | null {
  if (removes === true) return "removed";
  if (target === null) return null;
  return target.offset === "-1" ? "start" : `${target.sequenceNumber} ${target.offset}`;
}
