import type { Secret } from "#lib/core/secret.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { SendResult } from "./channel.ts";

const timeLimitMs = 10_000;
const passing: ReadonlySet<number> = new Set([408, 425, 429]);
const longestAskedSeconds = 3_600;

/** Posts a JSON body. Never rejects and never follows a redirect. */
export async function post(
  url: Secret | string,
  body: string,
  headers: Record<string, string>,
  { now, abortSignal }: { now: EpochMs; abortSignal?: AbortSignal | undefined },
): Promise<SendResult> {
  const limit = AbortSignal.timeout(timeLimitMs);
  try {
    const response = await fetch(typeof url === "string" ? url : url.reveal(), {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "tidemark", ...headers },
      body,
      redirect: "manual",
      signal: abortSignal ? AbortSignal.any([limit, abortSignal]) : limit,
    });
    // The body is not read: it may be endless.
    await response.body?.cancel().catch(() => {});
    if (response.ok) return { result: "sent" };
    const isFinal = response.status < 500 && !passing.has(response.status);
    const asked = retryAfterSeconds(response.headers.get("retry-after"), now);
    return {
      result: isFinal ? "rejected" : "failed",
      error: `The receiver answered ${response.status}.`,
      ...(asked !== null && { retryAfterSeconds: asked }),
    };
  } catch (cause) {
    return { result: "failed", error: reasonOf(cause) };
  }
}

/**
 * Seconds that a Retry-After header asks for (RFC 9110, 10.2.3), at most an hour. Null when it can't be read.
 */
export function retryAfterSeconds(header: string | null, now: EpochMs): number | null {
  if (header === null) return null;
  const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isNaN(seconds) ? null : Math.min(longestAskedSeconds, Math.max(0, seconds));
}

/** Leaves out the URL, which the error's own text may repeat. */
function reasonOf(cause: unknown): string {
  if (cause instanceof DOMException && cause.name === "TimeoutError")
    return `The receiver did not answer within ${timeLimitMs / 1000} s.`;
  if (cause instanceof DOMException && cause.name === "AbortError") return "The dashboard was stopped.";
  const code = (cause as { cause?: { code?: unknown } }).cause?.code;
  return `The receiver can't be reached${typeof code === "string" ? ` (${code})` : ""}.`;
}
