import type { ContainerClient } from "@azure/storage-blob";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { isMadeByReset, writeOwnership } from "#lib/checkpoint-store/hold-ownership.ts";
import { listGroup } from "#lib/checkpoint-store/listing/group-listing.ts";
import { wasRefused } from "#lib/checkpoint-store/storage-error.ts";
import { AppError } from "#lib/core/app-error.ts";
import { resetHolding } from "#lib/core/holding-owner.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";
import { takenBy } from "#lib/reset/live/watch/observe-partition.ts";
import type { LiveEvent } from "#lib/reset/live/watch/signals.ts";

const listLimitMs = 5_000;

/**
 * One partition's ownership blob, and the owner id that holds it. `container` tries each request once. An
 * owner that hasn't renewed for `expirationSeconds` counts as gone. `heldOff`: the active owner before the
 * last claim, which may have succeeded without an answer. `isMade`: no processor had an ownership there;
 * absent before the first look.
 */
export interface Hold {
  container: ContainerClient;
  blobName: string;
  partitionId: string;
  ownerId: string;
  expirationSeconds: number;
  heldOff: string | null;
  isMade?: boolean;
}

/** Takes the partition from its owner. It may already be ours if an earlier answer was lost. */
export async function claim(hold: Hold): Promise<LiveEvent> {
  const { container, blobName, ownerId } = hold;
  try {
    const { found, readAt } = await look(hold);
    if (found?.ownerId === ownerId) {
      hold.isMade = found.isMade;
      return { type: "claimed", etag: found.etag, previous: hold.heldOff };
    }
    const owner = found === null ? null : activeOwner(found, hold, readAt);
    if (owner !== null && isOtherReset(owner, ownerId))
      return { type: "claimRefused", because: reason("ownershipHeldByReset") };
    hold.heldOff = owner;
    hold.isMade = found === null || found.isMade;
    const answer = await writeOwnership(
      container,
      { blobName, ownerId, isMade: hold.isMade },
      found?.etag ?? null,
    );
    if (answer.result === "lost")
      return { type: "claimRefused", because: reason("ownershipRefused", { condition: answer.reason }) };
    return { type: "claimed", etag: answer.etag, previous: owner };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isFinal = wasRefused(error) && !error.retryable;
    return { type: "claimFailed", because: failureOf(error), isFinal };
  }
}

/** True for another dashboard's reset. Without a shared database only the owner id shows it. */
function isOtherReset(owner: string, ownerId: string): boolean {
  const holding = resetHolding(owner);
  return holding !== null && holding.resetId !== resetHolding(ownerId)?.resetId;
}

function activeOwner(
  found: FoundOwnership,
  { partitionId, blobName, expirationSeconds }: Hold,
  readAt: EpochMs,
): string | null {
  const stored: StoredOwnership = { ...found, partitionId, blobName, lastRenewedAt: found.updatedAt };
  return ownershipState(stored, readAt, expirationSeconds) === "active" ? (found.ownerId ?? null) : null;
}

/** Renews the ownership, or releases it (`to` empty). Looks at the blob after a refusal or a lost answer. */
export async function rewrite(hold: Hold, etag: string, to: string): Promise<LiveEvent> {
  const { container, blobName, ownerId } = hold;
  const done = (newEtag: string): LiveEvent => ({ type: to === "" ? "released" : "renewed", etag: newEtag });
  const failed: LiveEvent = { type: to === "" ? "releaseFailed" : "renewFailed" };
  try {
    hold.isMade ??= (await look(hold)).found?.isMade ?? false;
  } catch (error) {
    appErrorOnly(error);
    return failed;
  }
  const { isMade } = hold;
  const answer = await writeOwnership(container, { blobName, ownerId: to, isMade }, etag).catch(appErrorOnly);
  if (answer?.result === "held") return done(answer.etag);
  try {
    const { found } = await look(hold);
    if (found === null) return { type: "ousted", because: reason("ownershipDeleted") };
    if (found.ownerId === to) return done(found.etag);
    if (found.ownerId !== ownerId) return { type: "ousted", because: takenBy(found.ownerId) };
    const again = await writeOwnership(container, { blobName, ownerId: to, isMade }, found.etag);
    return again.result === "held" ? done(again.etag) : failed;
  } catch (error) {
    appErrorOnly(error);
    return failed;
  }
}

interface FoundOwnership {
  etag: string;
  updatedAt: EpochMs;
  ownerId: string | null;
  isMade: boolean;
}

async function look({
  container,
  blobName,
}: Hold): Promise<{ found: FoundOwnership | null; readAt: EpochMs }> {
  const abortSignal = AbortSignal.timeout(listLimitMs);
  const { blobs, readAt } = await listGroup(container, [blobName], { abortSignal });
  const blob = blobs.get(blobName);
  if (blob === undefined) return { found: null, readAt };
  const { etag, updatedAt, metadata } = blob;
  const ownerId = metadata.get("ownerid")?.trim() ?? null;
  return { found: { etag, updatedAt, ownerId, isMade: isMadeByReset(metadata) }, readAt };
}

function appErrorOnly(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}
