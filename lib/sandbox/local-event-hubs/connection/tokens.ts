import { createHmac, timingSafeEqual } from "node:crypto";
import type { EpochMs } from "#lib/core/time.ts";
import type { Answer } from "../management.ts";
import type { Message } from "../rhea.ts";

export const sharedAccess = { keyName: "RootManageSharedAccessKey", key: "SAS_KEY_VALUE" };

const jwtAudiences = ["https://eventhubs.azure.net", "https://servicebus.azure.net"];

export type TokenAnswer = Answer & { expiresAt?: EpochMs };

/**
 * Answers a put-token request: 202, or the service's status and words. Checks a shared access signature's
 * audience, key and expiry; a JWT's audience and expiry, not its signature.
 */
export function answerToken(request: Message, now: EpochMs): TokenAnswer {
  const { type, name, operation }: Record<string, unknown> = request.application_properties ?? {};
  const token = typeof request.body === "string" ? request.body : "";
  if (operation !== "put-token") return refuse(400, `The operation '${String(operation)}' is not known.`);
  if (type === "servicebus.windows.net:sastoken") return checkSignature(token, String(name ?? ""), now);
  if (type === "jwt" || type === "servicebus.windows.net:jwt") return checkJwt(token, now);
  return refuse(
    400,
    "Property 'type' in the 'application-properties' section is either missing, has the wrong type, or has an unexpected value.",
  );
}

const accepted = (expirySeconds: number): TokenAnswer => ({
  status: 202,
  error: null,
  body: null,
  expiresAt: expirySeconds * 1000,
});

const refuse = (status: number, description: string): Answer => ({
  status,
  error: {
    condition: status === 401 ? "amqp:unauthorized-access" : "com.microsoft:argument-error",
    description,
  },
  body: null,
});

const malformed = refuse(401, "MalformedToken: The token could not be read.");
const wrongAudience = refuse(
  401,
  "InvalidAudience: The authorization header contains a token with a wrong audience.",
);
const wrongSignature = refuse(401, "InvalidSignature: The token has an invalid signature.");

function expired(atSeconds: number): Answer {
  const at = new Date(atSeconds * 1000).toISOString().replace("T", " ").replace(/\..*/, "Z");
  return refuse(401, `ExpiredToken: The token is expired. Expiration time: '${at}'.`);
}

function checkSignature(token: string, audience: string, now: EpochMs): TokenAnswer {
  const [, query] = /^SharedAccessSignature (.+)$/.exec(token) ?? [];
  if (query === undefined) return malformed;
  // Not URLSearchParams: the signature covers the resource as written, escapes included.
  const fields = new Map(query.split("&").map((part) => splitAt(part, "=")));
  const [resource, signature, expiry, keyName] = ["sr", "sig", "se", "skn"].map((name) => fields.get(name));
  if (!resource || !signature || !expiry || !/^\d+$/.test(expiry)) return malformed;
  if (!covers(decode(resource), audience)) return wrongAudience;
  const expected = createHmac("sha256", sharedAccess.key).update(`${resource}\n${expiry}`).digest();
  const given = Buffer.from(decode(signature), "base64");
  const isRight = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isRight || decode(keyName ?? "") !== sharedAccess.keyName) return wrongSignature;
  return Number(expiry) * 1000 <= now ? expired(Number(expiry)) : accepted(Number(expiry));
}

function checkJwt(token: string, now: EpochMs): TokenAnswer {
  const claims = readClaims(token.split(".")[1] ?? "");
  if (claims === null || typeof claims.exp !== "number") return malformed;
  const audience = String(claims.aud).replace(/\/$/, "");
  if (!jwtAudiences.includes(audience)) return wrongAudience;
  return claims.exp * 1000 <= now ? expired(claims.exp) : accepted(claims.exp);
}

function readClaims(payload: string): { aud?: unknown; exp?: unknown } | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? claims : null;
  } catch {
    return null;
  }
}

/** A resource covers itself and everything below: a namespace its hubs, a hub its consumer groups. */
function covers(resource: string, audience: string): boolean {
  const [whole, part] = [pathOf(resource), pathOf(audience)];
  return whole.length > 0 && whole.every((segment, index) => segment === part[index]);
}

/** Compares without case, scheme and port, which client libraries write differently. */
const pathOf = (uri: string): string[] =>
  uri
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^([^/:]*):\d+/, "$1")
    .split("/")
    .filter((segment) => segment !== "");

function splitAt(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
