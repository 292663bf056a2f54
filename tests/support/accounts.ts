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
  const made = Object.entries<object>(wanted).map(([name, grant]) => ({
    name: name as Name,
    grant,
    ...makeToken(),
  }));
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  return {
    entries: made.map(({ name, grant, sha256 }) => ({ name, sha256, expiresAt, ...grant })),
    headers: Object.fromEntries(
      made.map(({ name, token }): [Name, Headers] => [name, { authorization: `Bearer ${token}` }]),
    ) as Record<Name, Headers>,
  };
}

const proxySecret = "what the proxy alone and the dashboard know";

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
