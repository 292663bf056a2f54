import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#lib/core/app-error.ts";
import type { ServerConfig } from "../config/config.ts";
import { isAddress, isKnownHost } from "../hosts.ts";
import { toHttpError } from "./error-response.ts";
import { isMcp, isOperational } from "./operational.ts";

type Known = Pick<ServerConfig, "hostname" | "allowedHosts" | "publicUrl">;

const changing: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const maxPathLength = 4096;

/**
 * The first step of every request: sets an id and headers, and refuses what no route accepts. Returns false
 * after a refusal.
 */
export function admit(request: IncomingMessage, response: ServerResponse, known: Known): boolean {
  const requestId = randomUUID();
  request.headers["x-request-id"] = requestId;
  setHeaders(request, response, requestId, known);
  // Answers a protocol upgrade in HTTP/1.1 and closes the connection.
  if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
  const refusal = refusalOf(request, known);
  if (refusal === null) {
    return true;
  }
  refuse(response, refusal, requestId);
  return false;
}

export function refuse(
  response: ServerResponse,
  refusal: unknown,
  requestId: string,
  challenge: string | null = null,
): void {
  const { status, body, headers } = toHttpError(refusal, requestId);
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...(status === 401 || (status === 403 && challenge !== null)
      ? { "www-authenticate": challenge ?? "Bearer" }
      : {}),
  });
  response.end(text);
}

export function refusalOf(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  known: Known,
): AppError | null {
  const { host, origin, "sec-fetch-site": site } = request.headers;
  // Probes and scrapers use the address, which no foreign name can imitate.
  const isByAddress = isOperational(request.url ?? "") && isAddress(host);
  if (!isByAddress && !isKnownHost(host, known.hostname, known.allowedHosts)) {
    return new AppError(
      "forbidden",
      "The dashboard is not known by the host name of this request; name it in TIDEMARK_HOSTS if it is right.",
    );
  }
  if (!isHttp(request.headers.upgrade)) {
    return new AppError(
      "invalidRequest",
      "The dashboard speaks HTTP alone: send the request without Upgrade.",
    );
  }
  if ((request.url ?? "").length > maxPathLength) {
    return new AppError("invalidRequest", `The address is longer than ${maxPathLength} characters.`);
  }
  // Refuses `http://elsewhere/…` and `*`, which skip the host check.
  if (request.url?.startsWith("/") !== true || request.url.startsWith("//")) {
    return new AppError("invalidRequest", "The address must be a path on this server.");
  }
  if (!isWellFormed(request.url ?? "")) {
    return new AppError("invalidRequest", "The address holds a % that is no part of UTF-8 text.");
  }
  // Next's internal error pages are not for direct requests.
  if (/^\/_(?!next\/)/.test(request.url))
    return new AppError("notFound", "There is nothing at this address.");
  if (/\?.*%00/.test(request.url)) {
    return new AppError("invalidRequest", "What is asked for holds a NUL, which is in no name.");
  }
  // `/a/../b` means `/b` only to some, and access depends on the path.
  if (new URL(request.url, "http://here.invalid").pathname !== request.url.split("?", 1)[0]) {
    return new AppError(
      "invalidRequest",
      "The address must be written out: no . or .. in it, nothing unencoded.",
    );
  }
  if (request.method === "GET" || request.method === "HEAD") {
    return null;
  }
  // A proxy in front may use another name than the browser did.
  const sameOrigin =
    origin === undefined || origin === known.publicUrl || hostOf(origin) === host?.toLowerCase();
  const sameSite = site === undefined || site === "same-origin" || site === "none";
  if (!sameOrigin || !sameSite) {
    return new AppError("forbidden", "A page of another site may not change anything here.");
  }
  return bodyRefusal(request.headers) ?? methodRefusal(request);
}

/** Some programs offer HTTP/2 with each request but accept HTTP/1.1. */
function isHttp(upgrade: string | undefined): boolean {
  return upgrade === undefined || upgrade.trim().toLowerCase() === "h2c";
}

function methodRefusal({ method = "", url = "" }: Pick<IncomingMessage, "method" | "url">): AppError | null {
  if (!url.startsWith("/api/") && !isMcp(url)) {
    return new AppError("methodNotAllowed", "That method is not possible here; allowed: GET, HEAD.");
  }
  return changing.has(method) ? null : new AppError("methodNotAllowed", "No route takes that method.");
}

function bodyRefusal(headers: IncomingMessage["headers"]): AppError | null {
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  return (hasBody || type !== undefined) && type !== "application/json"
    ? new AppError("invalidRequest", "The body must be JSON: send content-type: application/json.")
    : null;
}

function isWellFormed(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : null;
}

function setHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  { publicUrl }: Known,
): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // React sets style attributes for sizes known only at run time.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  request.headers["content-security-policy"] = policy;
  const headers = {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-request-id": requestId,
    // Browsers only accept this over TLS, which a proxy may terminate.
    ...(publicUrl?.startsWith("https:") === true ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
}
