import type { Checkpoint, CheckpointStore, PartitionOwnership } from "@azure/event-hubs";

/** A checkpoint store in memory, to be shared by several consumer clients of one test. */
export class MemoryCheckpointStore implements CheckpointStore {
  readonly #ownerships = new Map<string, PartitionOwnership>();
  readonly #checkpoints = new Map<string, Checkpoint>();
  #version = 0;

  async listOwnership(): Promise<PartitionOwnership[]> {
    return [...this.#ownerships.values()].map((ownership) => ({ ...ownership }));
  }

  async claimOwnership(claims: PartitionOwnership[]): Promise<PartitionOwnership[]> {
    return claims.flatMap((claim) => {
      if (this.#ownerships.get(claim.partitionId)?.etag !== claim.etag) return [];
      const claimed = { ...claim, etag: String(++this.#version), lastModifiedTimeInMs: Date.now() };
      this.#ownerships.set(claim.partitionId, claimed);
      return [{ ...claimed }];
    });
  }

  async updateCheckpoint(checkpoint: Checkpoint): Promise<void> {
    this.#checkpoints.set(checkpoint.partitionId, { ...checkpoint });
  }

  async listCheckpoints(): Promise<Checkpoint[]> {
    return [...this.#checkpoints.values()];
  }

  /** The owner of each owned partition. */
  owners(): Map<string, string> {
    const owned = [...this.#ownerships.values()].filter(({ ownerId }) => ownerId !== "");
    return new Map(owned.map(({ partitionId, ownerId }) => [partitionId, ownerId]));
  }
}
