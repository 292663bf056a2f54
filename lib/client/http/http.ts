import type { ZodType } from "zod";
import { ClientError, unreachable } from "./client-error.ts";
import { late } from "./late.ts";

const timeLimitMs = 15_000;
/** A preview reads one event per partition from Azure. */
const longTimeLimitMs = 120_000;

/** Zod is larger than most pages, so it loads with the first answer. */
export type LazySchema<T> = () => Promise<ZodType<T>>;

export function getJson<T>(path: string, schema: LazySchema<T>, signal?: AbortSignal): Promise<T> {
  return call(path, { method: "GET", headers: { accept: "application/json" } }, schema, timeLimitMs, signal);
}

/**
 * Never retried: perhaps only the answer was lost.
 * @throws ClientError
 */
export function postJson<T>(path: string, body: unknown, schema: LazySchema<T>): Promise<T> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body) }, schema, longTimeLimitMs);
}

async function call<T>(
  path: string,
  init: RequestInit,
  schema: LazySchema<T>,
  limitMs: number,
  signal?: AbortSignal,
): Promise<T> {
  const limit = AbortSignal.timeout(limitMs);
  const response = await send(path, init, limitMs, signal ? AbortSignal.any([signal, limit]) : limit);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw await refusal(path, response, body);
  const [{ check }, shape] = await late(() => Promise.all([import("./check.ts"), schema()]));
  const parsed = check(shape, body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? "" : ` (at ${issue.path.join(".") || "its top"}: ${issue.message})`;
  throw new ClientError(
    "notUnderstood",
    `The answer of ${path} has a shape that this page does not know${where}. Reload the page: the dashboard may have been updated.`,
    { status: response.status },
  );
}

async function send(
  path: string,
  init: RequestInit,
  limitMs: number,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(path, { ...init, signal, cache: "no-store" });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "TimeoutError") {
      throw new ClientError("timedOut", `The dashboard did not answer within ${limitMs / 1000} s.`, {
        cause,
      });
    }
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw unreachable(cause);
  }
}

async function refusal(path: string, response: Response, body: unknown): Promise<ClientError> {
  const [{ check }, { errorBodySchema }] = await late(() =>
    Promise.all([import("./check.ts"), import("#lib/api/errors.ts")]),
  );
  const parsed = check(errorBodySchema, body);
  if (parsed.success) {
    const { code, message, requestId } = parsed.data.error;
    return new ClientError(code, message, { status: response.status, requestId });
  }
  return new ClientError("notUnderstood", `${path} answered ${response.status} without saying why.`, {
    status: response.status,
  });
}
