import type { Grant, Role } from "#lib/core/access.ts";
import { makeToken } from "#lib/server/access/api-tokens.ts";

export type Headers = Readonly<Record<string, string>>;

/** API tokens, one for each account: their entries in the configuration, and what a request sends. */
export interface Accounts<Name extends string> {
  entries: object[];
  headers: Record<Name, Headers>;
}

export function makeAccounts<Name extends string>(
  wanted: Record<Name, { role: Role } & Partial<Pick<Grant, "hubs" | "groups">>>,
): Accounts<Name> {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const entries: object[] = [];
  const headers: Partial<Record<Name, Headers>> = {};
  for (const name of Object.keys(wanted) as Name[]) {
    const { token, sha256 } = makeToken();
    entries.push({ name, sha256, expiresAt, ...wanted[name] });
    headers[name] = { authorization: `Bearer ${token}` };
  }
  return { entries, headers: headers as Record<Name, Headers> };
}

export const proxySecret = "what the proxy alone and the dashboard know";

/** A proxy signs people in: whoever sends none of its headers is signed out. */
export const behindProxy: Record<string, string> = {
  TIDEMARK_AUTH: "proxy",
  TIDEMARK_PROXY_HEADERS: "oauth2Proxy",
  TIDEMARK_PROXY_SECRET: proxySecret,
};

/** Signed in by that proxy, in these groups. */
export function viaProxy(user: string, groups: readonly string[] = []): Headers {
  return {
    "x-tidemark-proxy-secret": proxySecret,
    "x-forwarded-user": user,
    "x-forwarded-groups": groups.join(","),
  };
}
