import type { AmqpError } from "./rhea.ts";

// The service's own conditions and the phrases that client libraries look for: "The messaging entity … could
// not be found", "with a higher epoch '…' already exists".

export const entityNotFound = (path: string): AmqpError => ({
  condition: "amqp:not-found",
  description: `The messaging entity 'sb://localhost/${path}' could not be found.`,
});

export const partitionOutOfRange = (partitionId: string, partitionCount: number): AmqpError => ({
  condition: "com.microsoft:argument-out-of-range",
  description:
    `The specified partition is invalid for an EventHub partition sender or receiver: '${partitionId}'. ` +
    `It should be between 0 and ${partitionCount - 1}.`,
});

export const invalidOffset = (offset: string, lastOffset: string): AmqpError => ({
  condition: "com.microsoft:argument-error",
  description: `The supplied offset '${offset}' is invalid. The last offset in the system is '${lastOffset}'.`,
});

export const invalidSequenceNumber = (sequenceNumber: string, last: number): AmqpError => ({
  condition: "com.microsoft:argument-error",
  description: `The supplied sequence number '${sequenceNumber}' is invalid. The last sequence number in the system is '${last}'.`,
});

export const invalidFilter = (expression: string): AmqpError => ({
  condition: "com.microsoft:argument-error",
  description: `The filter "${expression}" is not a start position that this endpoint knows.`,
});

export const receiverDisplaced = (ownerLevel: number, displacedLevel: number | null): AmqpError => ({
  condition: "amqp:link:stolen",
  description:
    `New receiver 'nil' with higher epoch of '${ownerLevel}' is created hence current receiver 'nil' with ` +
    `epoch '${displacedLevel ?? -1}' is getting disconnected.`,
});

export const ownerLevelTooLow = (ownerLevel: number, current: number): AmqpError => ({
  condition: "amqp:link:stolen",
  description:
    `Receiver 'nil' with a higher epoch '${current}' already exists. Receiver 'nil' with epoch ${ownerLevel} ` +
    "cannot be created.",
});

export const ownerLevelMissing = (current: number): AmqpError => ({
  condition: "amqp:link:stolen",
  description:
    `At least one receiver for the endpoint is created with epoch of '${current}', and so non-epoch receiver ` +
    "is not allowed.",
});

export const tooManyReceivers = (limit: number): AmqpError => ({
  condition: "amqp:resource-limit-exceeded",
  description: `Exceeded the maximum number of allowed receivers per partition in a consumer group which is ${limit}.`,
});

export const serverBusy: AmqpError = {
  condition: "com.microsoft:server-busy",
  description: "The request was terminated because the namespace is being throttled.",
};

export const messageTooLarge = (bytes: number, limit: number): AmqpError => ({
  condition: "amqp:link:message-size-exceeded",
  description: `The message of ${bytes} bytes exceeds the limit of ${limit} bytes.`,
});

export const messageUnreadable = (reason: string): AmqpError => ({
  condition: "amqp:decode-error",
  description: `The message could not be read: ${reason}.`,
});
