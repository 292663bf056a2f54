import type { StoredOwnership } from "#lib/core/stored-blobs.ts";

export const now = Date.UTC(2024, 5, 1);

export function ownership(partitionId: string, ownerId: string | null, ageSeconds = 0): StoredOwnership {
  const blobName = `ns/hub/group/ownership/${partitionId}`;
  return { partitionId, blobName, etag: "0x1", lastRenewedAt: now - ageSeconds * 1000, ownerId };
}
