import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { CheckpointFormat, StoredCheckpoint } from "#lib/core/stored-blobs.ts";

/** The offset that stands for the start of the stream. */
export const startOfStream = "-1";

/** Layouts whose blob is made with offset null and sequence number 0, or neither, before anything was read. */
const createdBeforeReading: ReadonlySet<CheckpointFormat> = new Set(["functions", "eph", "go3", "dapr"]);

type Position = Pick<StoredCheckpoint, "offset" | "sequenceNumber" | "format" | "unreadable">;

/**
 * Whether the group was put to the start of the stream, by this dashboard or somebody else: in the common format,
 * offset -1 with a sequence number from -1 on. Reading goes on at the oldest event there is.
 */
export function isPutToStart({ offset, sequenceNumber, format, unreadable }: Position): boolean {
  if (format !== "common" || offset !== startOfStream || unreadable !== null) return false;
  return Number.isSafeInteger(sequenceNumber) && (sequenceNumber ?? -2) >= -1;
}

/**
 * Whether a blob stands there but says that nothing was processed yet (lib/checkpoint-store/README.md#layouts).
 * In the common format a sequence number 0 without an offset is a position: some SDKs write no offset.
 */
export function hasNoPosition(checkpoint: Position): boolean {
  if (isPutToStart(checkpoint)) return false;
  return checkpoint.offset === startOfStream || isPlaceholder(checkpoint);
}

/** Whether the blob was made by an older layout before anything was read: the group may never have been there. */
export function isPlaceholder({ offset, sequenceNumber, format, unreadable }: Position): boolean {
  const isUnset = offset === null || offset === startOfStream;
  return unreadable === null && isUnset && !sequenceNumber && createdBeforeReading.has(format);
}

/**
 * The last processed sequence number, or null where the blob holds no usable position. Where a dashboard put a group
 * to the start it wrote the event before the first; others write any number, so there the stream's beginning counts.
 * @param firstSeenBegin where the stream began when this checkpoint was first seen; null: not known
 */
export function checkpointPosition(
  checkpoint: StoredCheckpoint | null,
  firstSeenBegin: number | null = null,
): number | null {
  if (checkpoint === null || checkpoint.unreadable !== null || hasNoPosition(checkpoint)) return null;
  const { sequenceNumber, writtenBy } = checkpoint;
  if (!isPutToStart(checkpoint) || isOwnWrite(writtenBy)) return sequenceNumber;
  return Math.max(sequenceNumber ?? -1, (firstSeenBegin ?? 0) - 1);
}
