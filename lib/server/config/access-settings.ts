import type { z } from "zod";
import { roles } from "#lib/core/access.ts";
import { Secret } from "#lib/core/secret.ts";
import { isNetwork } from "../addresses.ts";
import { isLoopback } from "../hosts.ts";
import {
  type AccessConfig,
  type accessSchema,
  type ClaimGrant,
  identityHeaders,
  type OidcConfig,
  type ProxyConfig,
  type TokenParts,
} from "./access-config.ts";
import type { Environment } from "./substitute.ts";

type Report = (problem: string) => void;

const leastSecret = 32;
const everywhere = { hubs: ["*"], groups: ["*"] };
const defaultGrants: readonly ClaimGrant[] = roles.map((role) => ({ role, values: [role], ...everywhere }));

export function readAccess(
  env: Environment,
  file: z.infer<typeof accessSchema>,
  publicUrl: string | null,
  report: Report,
): AccessConfig {
  const kind = env.TIDEMARK_AUTH?.trim() || "none";
  const proxies = list(env.TIDEMARK_PROXY_ADDRESSES);
  for (const proxy of proxies) {
    if (!isNetwork(proxy))
      report(`TIDEMARK_PROXY_ADDRESSES: ${JSON.stringify(proxy)} is no address or network`);
  }
  if (kind !== "none" && kind !== "oidc" && kind !== "proxy") {
    report("TIDEMARK_AUTH: must be none, oidc or proxy");
  }
  // Forgetting TIDEMARK_AUTH would leave the dashboard without sign-in.
  const forOthers = Object.keys(env).find((name) => /^TIDEMARK_(OIDC_|PROXY_(HEADERS|SECRET)$)/.test(name));
  if (!env.TIDEMARK_AUTH?.trim() && forOthers !== undefined && env[forOthers]) {
    report(`TIDEMARK_AUTH: is missing, though ${forOthers} is set; must be none, oidc or proxy`);
  }
  return {
    auth:
      kind === "oidc"
        ? readOidc(env, publicUrl, report)
        : kind === "proxy"
          ? readProxy(env, proxies, report)
          : { kind: "none" },
    contact: file.contact ?? null,
    rolesClaim: file.rolesClaim,
    grants: file.grants ?? defaultGrants,
    tokens: file.tokens.map((token) => ({ ...token, expiresAt: Date.parse(token.expiresAt) })),
    proxies,
    probes: file.probes,
    metrics: file.metrics ?? (kind === "none" ? "open" : "token"),
    operationsPort: readPort(env, report),
  };
}

function readOidc(env: Environment, publicUrl: string | null, report: Report): OidcConfig {
  if (!env.TIDEMARK_PUBLIC_URL?.trim()) {
    report("TIDEMARK_PUBLIC_URL: is missing; with oidc the issuer sends people back to it");
  } else if (publicUrl !== null && !isSafe(publicUrl)) {
    report(
      "TIDEMARK_PUBLIC_URL: must be https, or a loopback address: else sessions could be read on their way",
    );
  }
  return {
    kind: "oidc",
    publicUrl: publicUrl ?? "",
    issuer: readIssuer(env, report),
    clientId: needed(env, "TIDEMARK_OIDC_CLIENT_ID", "the issuer knows the dashboard by it", report),
    clientSecret: secret(env.TIDEMARK_OIDC_CLIENT_SECRET),
    scope: readScope(env, report),
    sessionSecret: new Secret(readSessionSecret(env, report)),
    sessionMs: readMinutes(env, report) * 60_000,
  };
}

function readIssuer(env: Environment, report: Report): string {
  const text = needed(env, "TIDEMARK_OIDC_ISSUER", "it is who people sign in at", report);
  if (text === "") return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !isSafe(text) || url.search !== "" || url.hash !== "") {
    report(
      "TIDEMARK_OIDC_ISSUER: must be the issuer's https URL, such as https://login.microsoftonline.com/<tenant>/v2.0 (http only on a loopback address)",
    );
  }
  // These issuers serve every tenant. The admins of any of them could grant this dashboard's roles.
  if (url !== null && /^\/(common|organizations|consumers)(\/|$)/.test(url.pathname)) {
    report(
      "TIDEMARK_OIDC_ISSUER: must name one tenant, by its id, in place of common, organizations or consumers",
    );
  }
  return text;
}

function readScope(env: Environment, report: Report): string {
  const scope = env.TIDEMARK_OIDC_SCOPE?.trim() || "openid profile email";
  if (!scope.split(/\s+/).includes("openid")) report("TIDEMARK_OIDC_SCOPE: must contain openid");
  return scope;
}

function readSessionSecret(env: Environment, report: Report): string {
  const text = env.TIDEMARK_SESSION_SECRET ?? "";
  if (text.length < leastSecret) {
    report(
      `TIDEMARK_SESSION_SECRET: ${text === "" ? "is missing" : "is too short"}; sessions are encrypted with it: ` +
        `${leastSecret} random characters or more, the same for all dashboards behind one address`,
    );
  }
  return text;
}

function readMinutes(env: Environment, report: Report): number {
  const text = env.TIDEMARK_SESSION_MINUTES?.trim() || "480";
  const minutes = Number(text);
  if (!/^\d+$/.test(text) || minutes < 1 || minutes > 1_440) {
    report("TIDEMARK_SESSION_MINUTES: must be a whole number from 1 to 1440");
    return 480;
  }
  return minutes;
}

function readProxy(env: Environment, proxies: readonly string[], report: Report): ProxyConfig {
  const named = env.TIDEMARK_PROXY_HEADERS?.trim() ?? "";
  const headers = identityHeaders.find((one) => one === named);
  if (headers === undefined) {
    report(
      `TIDEMARK_PROXY_HEADERS: must be ${identityHeaders.join(" or ")}: the headers that the proxy sets, and strips from outside`,
    );
  }
  const shared = secret(env.TIDEMARK_PROXY_SECRET);
  if (shared !== null && shared.reveal().length < leastSecret) {
    report(`TIDEMARK_PROXY_SECRET: is too short; ${leastSecret} random characters or more`);
  }
  if (proxies.length === 0 && shared === null) {
    report(
      "TIDEMARK_PROXY_ADDRESSES, TIDEMARK_PROXY_SECRET: set one or both: else anybody could write the proxy's headers",
    );
  }
  return { kind: "proxy", headers: headers ?? "easyAuth", secret: shared };
}

export function reportTokens(tokens: readonly TokenParts[], report: Report): void {
  for (const [index, token] of tokens.entries()) {
    for (const key of ["name", "sha256"] as const) {
      const isDouble = tokens.slice(0, index).some((before) => before[key] === token[key]);
      if (token[key] !== undefined && isDouble) report(`access.tokens[${index}].${key}: stands twice`);
    }
  }
}

function readPort(env: Environment, report: Report): number | null {
  const text = env.TIDEMARK_OPERATIONS_PORT?.trim() ?? "";
  if (text === "") return null;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    report("TIDEMARK_OPERATIONS_PORT: must be a whole number from 0 to 65535");
    return null;
  }
  return port;
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

function needed(env: Environment, name: string, why: string, report: Report): string {
  const text = env[name]?.trim() ?? "";
  if (text === "") report(`${name}: is missing; ${why}`);
  return text;
}

function secret(text: string | undefined): Secret | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : new Secret(trimmed);
}

function list(text: string | undefined): string[] {
  return (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
