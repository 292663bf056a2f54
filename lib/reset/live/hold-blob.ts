import type { ContainerClient } from "@azure/storage-blob";
import { listGroup } from "#lib/checkpoint-store/group-listing.ts";
import { writeOwnership } from "#lib/checkpoint-store/hold-ownership.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { StoredOwnership } from "#lib/core/stored-blobs.ts";
import { ownershipState } from "#lib/ownership/ownership.ts";
import type { LiveEvent } from "./signals.ts";

const listLimitMs = 5_000;

/** One partition's ownership blob, and under whose name it is held. */
export interface Hold {
  /** One that tries once. */
  container: ContainerClient;
  blobName: string;
  partitionId: string;
  ownerId: string;
  /** After which an owner counts as gone. */
  expirationSeconds: number;
}

/** Takes the partition from whoever owns it. Where an answer was lost before, it may be ours already. */
export async function claim(hold: Hold): Promise<LiveEvent> {
  const { container, blobName, ownerId, partitionId, expirationSeconds } = hold;
  try {
    const { found, readAt } = await look(hold);
    if (found?.ownerId === ownerId) return { type: "claimed", etag: found.etag, previous: null };
    const answer = await writeOwnership(container, { blobName, ownerId }, found?.etag ?? null);
    if (answer.result === "lost") return { type: "claimLost", message: `${answer.reason}.` };
    const stored: StoredOwnership | null = found && {
      ...found,
      partitionId,
      blobName,
      lastRenewedAt: found.updatedAt,
    };
    const wasActive = stored !== null && ownershipState(stored, readAt, expirationSeconds) === "active";
    return { type: "claimed", etag: answer.etag, previous: wasActive ? (stored.ownerId ?? null) : null };
  } catch (error) {
    return { type: "claimFailed", message: messageOf(error) };
  }
}

/** Renews it, or (`to` empty) gives it back. Where that was refused or its answer lost, the blob decides. */
export async function rewrite(hold: Hold, etag: string, to: string): Promise<LiveEvent> {
  const { container, blobName, ownerId } = hold;
  const done = (newEtag: string): LiveEvent => ({ type: to === "" ? "released" : "renewed", etag: newEtag });
  const failed: LiveEvent = { type: to === "" ? "releaseFailed" : "renewFailed" };
  const answer = await writeOwnership(container, { blobName, ownerId: to }, etag).catch(appErrorOnly);
  if (answer?.result === "held") return done(answer.etag);
  try {
    const { found } = await look(hold);
    if (found === null) return { type: "ousted", message: "its ownership was deleted." };
    if (found.ownerId === to) return done(found.etag);
    if (found.ownerId !== ownerId)
      return { type: "ousted", message: `${found.ownerId || "somebody"} took it.` };
    const again = await writeOwnership(container, { blobName, ownerId: to }, found.etag);
    return again.result === "held" ? done(again.etag) : failed;
  } catch (error) {
    appErrorOnly(error);
    return failed;
  }
}

async function look({ container, blobName }: Hold) {
  const abortSignal = AbortSignal.timeout(listLimitMs);
  const { blobs, readAt } = await listGroup(container, [blobName], { abortSignal });
  const blob = blobs.get(blobName);
  if (blob === undefined) return { found: null, readAt };
  const { etag, updatedAt, metadata } = blob;
  return { found: { etag, updatedAt, ownerId: metadata.get("ownerid")?.trim() ?? null }, readAt };
}

function appErrorOnly(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

function messageOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  throw error;
}
