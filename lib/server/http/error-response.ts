import type { ErrorBody } from "#lib/api/errors.ts";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";

const statuses: Record<ErrorCode, number> = {
  invalidRequest: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  conflict: 409,
  payloadTooLarge: 413,
  tooManyRequests: 429,
  internal: 500,
  notReadYet: 503,
  figuresTooOld: 503,
  lagUnknown: 503,
  azureTimeout: 503,
  azureThrottled: 503,
  azureUnreachable: 502,
  azureUnauthorized: 502,
  azureFailed: 502,
  eventHubNotFound: 502,
  containerNotFound: 502,
  historyUnavailable: 503,
  readOnly: 403,
  resetRunning: 409,
  planGone: 409,
  deviceSignInUnavailable: 404,
  issuerFailed: 502,
};

/**
 * The only mapping of errors to HTTP. Anything but an AppError is our own fault, and its text stays inside.
 */
export function toHttpError(
  error: unknown,
  requestId: string,
): { status: number; body: ErrorBody; headers: Record<string, string> } {
  const known = error instanceof AppError ? error : null;
  const code = known?.code ?? "internal";
  const message =
    known?.message ?? `Something failed inside the dashboard; its log has the details under ${requestId}.`;
  const seconds = known?.retryAfterSeconds ?? null;
  return {
    status: statuses[code],
    body: { error: { code, message, requestId } },
    headers: {
      "cache-control": "no-store",
      ...(seconds === null ? {} : { "retry-after": String(seconds) }),
      // The rest of the body may be unread, so no request can follow.
      ...(code === "payloadTooLarge" ? { connection: "close" } : {}),
    },
  };
}
