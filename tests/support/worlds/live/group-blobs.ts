import { expect } from "vitest";
import { listBlobs } from "#lib/checkpoint-store/listing/list-blobs.ts";
import { type LocalWorld, localNamespace } from "../local-world.ts";

/** Returns a group's position on each partition as its blobs say. -1 means none. */
export async function standsAt(world: LocalWorld, group: string): Promise<Map<string, number>> {
  const folder = `${localNamespace}/orders/${group}/checkpoint/`;
  const { blobs } = await listBlobs(world.container, folder);
  return new Map(
    blobs.map(({ name, metadata }) => [
      name.slice(folder.length),
      Number(metadata.get("sequencenumber") ?? -1),
    ]),
  );
}

export async function ownersOf(world: LocalWorld, group: string): Promise<Map<string, string>> {
  const ownerships = await ownershipsOf(world, group);
  return new Map(ownerships.map(({ partitionId, ownerId }) => [partitionId, ownerId]));
}

async function ownershipsOf(world: LocalWorld, group: string) {
  const folder = `${localNamespace}/orders/${group}/ownership/`;
  const { blobs } = await listBlobs(world.container, folder);
  return blobs.map(({ name, metadata, updatedAt }) => ({
    partitionId: name.slice(folder.length),
    ownerId: metadata.get("ownerid") ?? "none",
    updatedAt,
  }));
}

/**
 * Waits until the processors share the partitions evenly and have renewed each since. While two that start
 * together steal from each other, a partition can belong to one that no longer reads or renews it, until that
 * expires.
 */
export async function untilShared(world: LocalWorld, group: string, processors: number): Promise<void> {
  let shares = "";
  let sharedAt = 0;
  await expect
    .poll(
      async () => {
        const ownerships = await ownershipsOf(world, group);
        const now = JSON.stringify(ownerships.map(({ partitionId, ownerId }) => [partitionId, ownerId]));
        if (now !== shares) {
          shares = now;
          sharedAt = Math.max(...ownerships.map(({ updatedAt }) => updatedAt));
        }
        const counts = [...Map.groupBy(ownerships, ({ ownerId }) => ownerId).values()].map(
          (own) => own.length,
        );
        return {
          processors: counts.length,
          isEven: Math.max(...counts) - Math.min(...counts) <= 1,
          isRenewed: ownerships.every(({ updatedAt }) => updatedAt > sharedAt),
        };
      },
      { timeout: 60_000, interval: 100 },
    )
    .toEqual({ processors, isEven: true, isRenewed: true });
}
