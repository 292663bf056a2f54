import { z } from "zod";
import { type Grant, roles } from "#lib/core/access.ts";
import type { Secret } from "#lib/core/secret.ts";
import type { EpochMs } from "#lib/core/time.ts";

const names = z
  .array(z.string().trim().min(1, "must not be blank").max(256), { error: "must be a list of texts" })
  .min(1, "must hold one at least")
  .max(200);
const patterns = names.default(["*"]);
const role = z.enum(roles, { error: "must be viewer, operator or admin" });
const openOrToken = z.enum(["open", "token"], { error: "must be open or token" });

const grantSchema = z.strictObject({
  role: role.describe("What people with this grant may do."),
  values: names.describe("Values of the roles claim. `*`: everybody who has signed in."),
  hubs: patterns.describe("Where it holds: ids of event hubs, or patterns."),
  groups: patterns.describe("Where it holds: names of groups, or patterns."),
});

export const tokenSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(/^[\w.-]{1,64}$/, "must be of letters, digits, dots, dashes and underscores")
    .describe("The token's name, in the activity."),
  sha256: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits, as `npm run token` prints them")
    .describe("The token's hash."),
  role: role.describe("What the token may do."),
  expiresAt: z.iso
    .datetime({ offset: true, error: "must be a time such as 2027-01-01T00:00:00Z" })
    .describe("When the token ends."),
  hubs: patterns.describe("Where it holds: ids of event hubs, or patterns."),
  groups: patterns.describe("Where it holds: names of groups, or patterns."),
});

export const accessSchema = z.strictObject({
  contact: z
    .string()
    .trim()
    .min(1, "must not be blank")
    .max(200)
    .optional()
    .describe("The person or team to ask, shown to people without a role."),
  rolesClaim: z
    .string()
    .trim()
    .min(1, "must not be blank")
    .max(128)
    .default("roles")
    .describe(
      "The claim that names people's roles, or a path with dots to it. With `oauth2Proxy` it is the groups' header.",
    ),
  grants: z
    .array(grantSchema)
    .min(1, "must hold one at least, or be left out")
    .max(200)
    .optional()
    .describe(
      "Which roles people have. Left out: `viewer`, `operator` and `admin` in the claim are the roles, everywhere.",
    ),
  tokens: z.array(tokenSchema).max(100).default([]).describe("API tokens."),
  probes: openOrToken
    .default("open")
    .describe("Whether `/healthz` and `/readyz` need a token: `open` or `token`."),
  metrics: openOrToken
    .optional()
    .describe("Whether `/metrics` needs a token. Default: `open` if nobody has to sign in, else `token`."),
});

export interface TokenParts {
  name: unknown;
  sha256: unknown;
}

export interface ClaimGrant extends Grant {
  values: readonly string[];
}

export interface TokenConfig extends Pick<Grant, "hubs" | "groups" | "role"> {
  name: string;
  /** Hash of the whole token: 64 lower-case hexadecimal digits. */
  sha256: string;
  expiresAt: EpochMs;
}

export interface OidcConfig {
  kind: "oidc";
  publicUrl: string;
  issuer: string;
  clientId: string;
  clientSecret: Secret | null;
  scope: string;
  sessionSecret: Secret;
  sessionMs: number;
}

/** The headers that carry the identity; a proxy only strips those that it sets. */
export const identityHeaders = ["easyAuth", "oauth2Proxy"] as const;

export interface ProxyConfig {
  kind: "proxy";
  headers: (typeof identityHeaders)[number];
  /** Expected in `x-tidemark-proxy-secret`. Null: only the address counts. */
  secret: Secret | null;
}

/**
 * `proxies` are trusted: they tell the client's address and, with `proxy`, the caller. `operationsPort`
 * serves probes and metrics openly instead of the main port; null: no such port.
 */
export interface AccessConfig {
  auth: { kind: "none" } | OidcConfig | ProxyConfig;
  contact: string | null;
  rolesClaim: string;
  grants: readonly ClaimGrant[];
  tokens: readonly TokenConfig[];
  proxies: readonly string[];
  probes: "open" | "token";
  metrics: "open" | "token";
  operationsPort: number | null;
}
