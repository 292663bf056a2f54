import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { EpochMs } from "#lib/core/time.ts";
import type { TokenConfig } from "../config/access-config.ts";
import type { AdmittedCaller } from "./caller.ts";

const prefix = "tidemark_";

/**
 * Makes a token and its hash for the configuration. The prefix tells scanners of leaked secrets, too, what a
 * token is. 256 random bits need no slow hash.
 */
export function makeToken(): { token: string; sha256: string } {
  const token = prefix + randomBytes(32).toString("base64url");
  return { token, sha256: hashOf(token).toString("hex") };
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

export function tokenHash(header: string | undefined): Buffer | null {
  const token = /^bearer +(\S+) *$/i.exec(header ?? "")?.[1];
  return token === undefined || !token.startsWith(prefix) ? null : hashOf(token);
}

/**
 * Reads an Authorization header. Null: no token of the dashboard's (a proxy may use the header itself).
 * `refused`: unknown or expired.
 */
export function tokenCaller(
  header: string | undefined,
  tokens: readonly TokenConfig[],
  now: EpochMs,
): AdmittedCaller | "refused" | null {
  const hash = tokenHash(header);
  return hash === null ? null : (callerOf(hash, tokens, now) ?? "refused");
}

export function callerOf(
  hash: Buffer | null,
  tokens: readonly TokenConfig[],
  now: EpochMs,
): AdmittedCaller | null {
  if (hash === null) return null;
  const found = tokens.find(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, "hex"), hash));
  if (found === undefined || found.expiresAt <= now) return null;
  const { name, role, hubs, groups, expiresAt } = found;
  return {
    name: `token ${name}`,
    key: `token ${name}`,
    role,
    kind: "token",
    grants: [{ role, hubs, groups }],
    until: expiresAt,
  };
}
