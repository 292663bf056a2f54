import type { PartitionProperties as SdkPartitionProperties } from "@azure/event-hubs";
import { AppError } from "#lib/core/app-error.ts";
import type { PartitionProperties } from "#lib/core/hub-reading.ts";

/**
 * Converts the client's answer. An unused partition reports sequence numbers -1 and a date at or before 1970,
 * which is none. Throws when a figure is no safe integer: the client then returns bytes.
 */
export function toPartitionProperties(sdk: SdkPartitionProperties): PartitionProperties {
  const begin: unknown = sdk.beginningSequenceNumber;
  const last: unknown = sdk.lastEnqueuedSequenceNumber;
  if (!isSafeInteger(begin) || !isSafeInteger(last)) {
    throw new AppError(
      "azureFailed",
      `Partition ${sdk.partitionId} reports sequence numbers that are too large to calculate with.`,
    );
  }
  const enqueuedAt = sdk.lastEnqueuedOnUtc.getTime();
  return {
    partitionId: sdk.partitionId,
    beginningSequenceNumber: begin,
    lastEnqueuedSequenceNumber: last,
    lastEnqueuedOffset: String(sdk.lastEnqueuedOffset),
    lastEnqueuedAt: last >= 0 && enqueuedAt > 0 ? enqueuedAt : null,
    isEmpty: sdk.isEmpty,
  };
}

function isSafeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
