import type { CheckpointFormat, StoredCheckpoint } from "#lib/core/stored-blobs.ts";

/** The offset that stands for the start of the stream: nothing processed. */
export const startOfStream = "-1";

/** Layouts whose blob is made with offset null and sequence number 0, or neither, before anything was read. */
const createdBeforeReading: ReadonlySet<CheckpointFormat> = new Set(["functions", "eph", "go3", "dapr"]);

/**
 * Whether a blob stands there but says that nothing was processed yet (facts sections 1 and 2).
 * In the common format a sequence number 0 without an offset is a position: some SDKs write no offset.
 */
export function hasNoPosition({ offset, sequenceNumber, format, unreadable }: StoredCheckpoint): boolean {
  if (offset === startOfStream) return true;
  return unreadable === null && offset === null && !sequenceNumber && createdBeforeReading.has(format);
}

/** The last processed sequence number, or null where the blob holds no usable position. */
export function checkpointPosition(checkpoint: StoredCheckpoint | null): number | null {
  if (checkpoint === null || checkpoint.unreadable !== null || hasNoPosition(checkpoint)) return null;
  return checkpoint.sequenceNumber;
}
