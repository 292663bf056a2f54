/** Stable error codes, part of every error body. Add, never rename. */
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
  "deviceSignInUnavailable",
  "issuerFailed",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * The only error that leaves a room: what happened, to what, and what to do about it.
 * `retryable`: the same call may succeed later without anybody's help.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
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

  // The start script and Next's bundle each have their own copy of this class, and errors cross between them.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "AppError" && "code" in value;
  }
}
