import { sealData, unsealData } from "iron-session";
import type { Secret } from "#lib/core/secret.ts";

/** A browser drops a cookie that is longer than this, name and attributes included. */
const longestCookie = 4_000;

/** The first cookie of each name in a request's header. */
export function parseCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const split = part.indexOf("=");
    const name = part.slice(0, split).trim();
    if (split > 0 && !cookies.has(name)) cookies.set(name, part.slice(split + 1).trim());
  }
  return cookies;
}

export interface CookieFrame {
  name: string;
  path: string;
  isSecure: boolean;
  /** 0: the browser forgets it now. */
  maxAgeSeconds: number;
}

/** A Set-Cookie header; no script can read it, and no other site's page sends it but by a link. */
export function setCookie({ name, path, isSecure, maxAgeSeconds }: CookieFrame, value: string): string {
  const flags = ["HttpOnly", "SameSite=Lax", ...(isSecure ? ["Secure"] : [])];
  return [`${name}=${value}`, `Path=${path}`, `Max-Age=${Math.floor(maxAgeSeconds)}`, ...flags].join("; ");
}

/** Encrypted and authenticated; null where it is too long for a cookie. */
export async function seal(data: object, secret: Secret, ttlSeconds: number): Promise<string | null> {
  const text = await sealData(data, { password: secret.reveal(), ttl: Math.ceil(ttlSeconds) });
  return text.length > longestCookie ? null : text;
}

/** What was sealed; an empty object where it was not with this secret, was changed, or has expired. */
export async function unseal(text: string, secret: Secret, ttlSeconds: number): Promise<unknown> {
  return unsealData(text, { password: secret.reveal(), ttl: Math.ceil(ttlSeconds) });
}
