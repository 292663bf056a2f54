import { isOwnWrite } from "#lib/core/own-writes.ts";
import type { CheckpointFormat, StoredCheckpoint } from "#lib/core/stored-blobs.ts";

export const startOfStream = "-1";

/**
 * Layouts that create their blob before reading, with offset null and sequence number 0 or none: the group
 * may never have run.
 */
const createdBeforeReading: ReadonlySet<CheckpointFormat> = new Set(["functions", "eph", "go3", "dapr"]);

type Position = Pick<StoredCheckpoint, "offset" | "sequenceNumber" | "format" | "unreadable">;

/**
 * True when somebody set the group to the start of the stream: in the common format, offset -1 with a
 * sequence number from -1 on. Reading resumes at the oldest event.
 */
export function isPutToStart({ offset, sequenceNumber, format, unreadable }: Position): boolean {
  if (format !== "common" || offset !== startOfStream || unreadable !== null) return false;
  return Number.isSafeInteger(sequenceNumber) && (sequenceNumber ?? -2) >= -1;
}

/**
 * True when the blob says that nothing was processed yet (lib/checkpoint-store/README.md#layouts). In the
 * common format sequence number 0 without an offset is a position: some SDKs write no offset.
 */
export function hasNoPosition(checkpoint: Position): boolean {
  if (isPutToStart(checkpoint)) return false;
  return checkpoint.offset === startOfStream || isPlaceholder(checkpoint);
}

export function isPlaceholder({ offset, sequenceNumber, format, unreadable }: Position): boolean {
  const isUnset = offset === null || offset === startOfStream;
  return unreadable === null && isUnset && !sequenceNumber && createdBeforeReading.has(format);
}

/**
 * The last processed sequence number. Null without a usable position. A dashboard that set a group to the
 * start wrote the number before the first event; others write any number, so then the stream's beginning
 * counts.
 * @param firstSeenBegin where the stream began when this checkpoint was first seen; null: unknown
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
