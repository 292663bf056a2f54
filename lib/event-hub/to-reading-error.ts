import { AppError } from "#lib/core/app-error.ts";
import { type HubTarget, toHubError } from "./to-hub-error.ts";

export interface ReadingTarget extends HubTarget {
  partitionId: string;
  consumerGroup: string;
}

const remedy =
  "Create a consumer group only for the dashboard and name it in the configuration (inspectionConsumerGroup).";

export function toReadingError(error: unknown, target: ReadingTarget): AppError {
  if (error instanceof AppError) return error;
  const { consumerGroup, partitionId, eventHubName } = target;
  const where = `partition ${partitionId} in the consumer group ${consumerGroup}`;
  switch (error instanceof Error && "code" in error && error.code) {
    case "ReceiverDisconnectedError":
      return conflict(`A processor with an owner level reads ${where}, so nobody else can.`, error);
    case "QuotaExceededError":
      return conflict(`Five readers are attached to ${where}, which is as many as may be.`, error);
    case "ServiceCommunicationError":
    case "MessagingEntityNotFoundError":
      return new AppError(
        "azureFailed",
        `There is no consumer group ${consumerGroup} on the event hub ${eventHubName} to read events with: create it, or correct the configuration (inspectionConsumerGroup).`,
        { cause: error },
      );
  }
  const told = toHubError(error, target);
  if (told.code !== "azureTimeout") return told;
  const message = `No event of ${where} came in time. Try again. If it lasts, check the network between here and the namespace.`;
  return new AppError(told.code, message, { retryable: true, cause: error });
}

function conflict(why: string, cause: unknown): AppError {
  return new AppError("conflict", `${why} ${remedy}`, { cause });
}
