import type { CheckpointMemory } from "#lib/lag/checkpoint-memory.ts";
import type { OwnerObservation } from "#lib/ownership/owner-observation.ts";
import { type ByteReader, ByteWriter } from "../samples/bytes.ts";
import { partitionIndex } from "../samples/sample.ts";

export interface RememberedPartition {
  /**
   * Null when a restart would see the same again. `owner` is kept only for a partition without a checkpoint.
   */
  checkpoint: CheckpointMemory | null;
  owner: OwnerObservation | null;
}

/** Packs partitions with their length first, since a restart reads them before the commits. */
export function encodePartitions(
  partitions: Iterable<readonly [partitionId: string, RememberedPartition]>,
): Uint8Array {
  const out = new ByteWriter();
  for (const [partitionId, { checkpoint, owner }] of partitions) {
    const index = partitionIndex(partitionId);
    if (index === null) continue;
    out.whole(index);
    out.byte(checkpoint === null ? 0 : 1);
    if (checkpoint !== null) writeCheckpoint(out, checkpoint);
    out.byte(owner === null ? 0 : 1);
    if (owner !== null) writeOwner(out, owner);
  }
  return out.framed();
}

export function decodePartitions(reader: ByteReader): Map<string, RememberedPartition> {
  const partitions = new Map<string, RememberedPartition>();
  const length = reader.whole();
  const end = reader.position + length;
  while (reader.position < end) {
    const partitionId = String(reader.whole());
    const checkpoint = reader.byte() === 0 ? null : readCheckpoint(reader);
    const owner = reader.byte() === 0 ? null : readOwner(reader);
    partitions.set(partitionId, { checkpoint, owner });
  }
  return partitions;
}

function writeCheckpoint(out: ByteWriter, checkpoint: CheckpointMemory): void {
  out.whole(checkpoint.updatedAt);
  writePosition(out, checkpoint.sequenceNumber);
  writePosition(out, checkpoint.firstSeenBegin);
  out.optional(checkpoint.aheadSince);
  out.whole(checkpoint.aheadRefreshes);
}

function readCheckpoint(reader: ByteReader): CheckpointMemory {
  return {
    updatedAt: reader.whole(),
    sequenceNumber: readPosition(reader),
    firstSeenBegin: readPosition(reader),
    aheadSince: reader.optional(),
    aheadRefreshes: reader.whole(),
  };
}

function writeOwner(out: ByteWriter, { ownerId, at, lastEnqueued }: OwnerObservation): void {
  const text = Buffer.from(ownerId);
  out.whole(text.length);
  for (const byte of text) out.byte(byte);
  out.whole(at);
  writePosition(out, lastEnqueued);
}

function readOwner(reader: ByteReader): OwnerObservation {
  const text = Uint8Array.from({ length: reader.whole() }, () => reader.byte());
  return { ownerId: Buffer.from(text).toString(), at: reader.whole(), lastEnqueued: readPosition(reader) };
}

function writePosition(out: ByteWriter, position: number | null): void {
  out.byte(position === null ? 0 : 1);
  if (position !== null) out.signed(position);
}

function readPosition(reader: ByteReader): number | null {
  return reader.byte() === 0 ? null : reader.signed();
}
