import { AppError } from "#lib/core/app-error.ts";
import { type HubTarget, toHubError } from "./to-hub-error.ts";

export interface ReadingTarget extends HubTarget {
  consumerGroup: string;
}

/** A failure to read an event, with what to do: those that come of the consumer group first. */
export function toReadingError(error: unknown, target: ReadingTarget): AppError {
  const { consumerGroup, partitionId, eventHubName } = target;
  const code = error instanceof Error && "code" in error ? error.code : null;
  const where = `partition ${partitionId} in the consumer group ${consumerGroup}`;
  const remedy =
    "Create a consumer group for the dashboard alone and name it in the configuration (inspectionConsumerGroup).";
  if (code === "ReceiverDisconnectedError") {
    return new AppError(
      "conflict",
      `A processor with an owner level reads ${where}, so no event can be read there. ${remedy}`,
      { cause: error },
    );
  }
  if (code === "QuotaExceededError") {
    return new AppError(
      "conflict",
      `Five readers are attached to ${where}, which is as many as may be. ${remedy}`,
      { cause: error },
    );
  }
  if (code === "ServiceCommunicationError" || code === "MessagingEntityNotFoundError") {
    return new AppError(
      "azureFailed",
      `The event hub ${eventHubName} has no consumer group ${consumerGroup} to read events with, or no partition ${partitionId}. Create the group, or correct inspectionConsumerGroup.`,
      { cause: error },
    );
  }
  return toHubError(error, target);
}
