/** Stable error codes. They reach the outside in every error body; add to them, never rename one. */
export const errorCodes = [
  "invalidRequest",
  "unauthenticated",
  "forbidden",
  "notFound",
  "methodNotAllowed",
  "conflict",
  "payloadTooLarge",
  "tooManyRequests",
  "internal",
  "notReadYet",
  "figuresTooOld",
  "lagUnknown",
  "azureTimeout",
  "azureUnauthorized",
  "azureThrottled",
  "azureUnreachable",
  "azureFailed",
  "eventHubNotFound",
  "containerNotFound",
  "historyUnavailable",
  "readOnly",
  "resetRunning",
  "planGone",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * The one error that leaves a room: what happened, to what, and what to do about it.
 * `retryable` says whether the same call may succeed later with nothing changed by hand.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** When to try again, where that is known. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryable?: boolean; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }

  // The start script's class and the one inside Next's bundle are two, and errors cross from one to the other.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "AppError" && "code" in value;
  }
}
