import { sealData, unsealData } from "iron-session";
import type { Secret } from "#lib/core/secret.ts";

/** Browsers drop longer cookies, name and attributes included. */
const longestCookie = 4_000;

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
  maxAgeSeconds: number;
}

export function setCookie({ name, path, isSecure, maxAgeSeconds }: CookieFrame, value: string): string {
  const flags = ["HttpOnly", "SameSite=Lax", ...(isSecure ? ["Secure"] : [])];
  return [`${name}=${value}`, `Path=${path}`, `Max-Age=${Math.floor(maxAgeSeconds)}`, ...flags].join("; ");
}

export async function seal(data: object, secret: Secret, ttlSeconds: number): Promise<string | null> {
  const text = await sealData(data, { password: secret.reveal(), ttl: Math.ceil(ttlSeconds) });
  return text.length > longestCookie ? null : text;
}

/** Decrypts. Returns an empty object if the secret is another, or the text was changed or has expired. */
export async function unseal(text: string, secret: Secret, ttlSeconds: number): Promise<unknown> {
  return unsealData(text, { password: secret.reveal(), ttl: Math.ceil(ttlSeconds) });
}
