import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { ProxyConfig } from "../config/access-config.ts";
import { type Identity, shownName } from "./identity.ts";

const proxySecretHeader = "x-tidemark-proxy-secret";

type Headers = IncomingMessage["headers"];

/** All identity headers of proxies. None reaches routes or pages. */
export const identityHeaderNames: readonly string[] = [
  proxySecretHeader,
  "x-ms-client-principal",
  "x-ms-client-principal-name",
  "x-ms-client-principal-id",
  "x-ms-client-principal-idp",
  "x-forwarded-user",
  "x-forwarded-email",
  "x-forwarded-preferred-username",
  "x-forwarded-groups",
  "x-forwarded-access-token",
];

/** True when a request comes from the proxy: by address, shared secret, or both if both are set. */
export function isFromProxy(
  config: ProxyConfig,
  headers: Headers,
  remote: string | undefined,
  isProxy: ((address: string | undefined) => boolean) | null,
): boolean {
  const knowsSecret = config.secret === null || isSame(headers[proxySecretHeader], config.secret.reveal());
  return knowsSecret && (isProxy === null || isProxy(remote));
}

function isSame(given: string | string[] | undefined, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return typeof given === "string" && timingSafeEqual(hash(given), hash(expected));
}

export function proxyIdentity(
  kind: ProxyConfig["headers"],
  request: Pick<IncomingMessage, "headers" | "rawHeaders">,
  rolesClaim: string,
): Identity | null {
  // A repeated header was also sent from outside.
  if (identityHeaderNames.some((name) => countOf(request.rawHeaders, name) > 1)) return null;
  return kind === "easyAuth" ? easyAuth(request.headers, rolesClaim) : oauth2Proxy(request.headers);
}

function countOf(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
}

const principalSchema = z.object({
  claims: z.array(z.object({ typ: z.string(), val: z.string() })).max(1_000),
  name_typ: z.string().nullish(),
  role_typ: z.string().nullish(),
});

const longNames: Record<string, string> = {
  roles: "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
};
const subjects = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid", "sub"];

/** Azure App Service and Container Apps: all claims as base64 JSON. */
function easyAuth(headers: Headers, rolesClaim: string): Identity | null {
  const parsed = principalSchema.safeParse(decoded(text(headers["x-ms-client-principal"])));
  if (!parsed.success) return null;
  const { claims, name_typ, role_typ } = parsed.data;
  const first = (typ: string | null | undefined) => claims.find((claim) => claim.typ === typ)?.val;
  const name = text(headers["x-ms-client-principal-name"]) ?? first("preferred_username") ?? first(name_typ);
  const key = text(headers["x-ms-client-principal-id"]) ?? subjects.map(first).find(Boolean) ?? name;
  if (key === undefined) return null;
  const typs = new Set([rolesClaim, longNames[rolesClaim], ...(rolesClaim === "roles" ? [role_typ] : [])]);
  return {
    key,
    name: shownName(name ?? key),
    values: claims.filter(({ typ }) => typs.has(typ)).map(({ val }) => val),
    hasTooManyGroups: false,
  };
}

function decoded(base64: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(base64 ?? "", "base64").toString("utf8"));
  } catch {
    return null;
  }
}

/** oauth2-proxy with `--pass-user-headers`: groups or roles in one header, separated by commas. */
function oauth2Proxy(headers: Headers): Identity | null {
  const user = text(headers["x-forwarded-user"]);
  const email = text(headers["x-forwarded-email"]);
  const key = user ?? email;
  if (key === undefined) return null;
  const name = text(headers["x-forwarded-preferred-username"]) ?? email ?? key;
  const groups = (text(headers["x-forwarded-groups"]) ?? "").split(",").map((group) => group.trim());
  return {
    key,
    name: shownName(name),
    values: groups.filter((group) => group !== ""),
    hasTooManyGroups: false,
  };
}

function text(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && header.trim() !== "" ? header.trim() : undefined;
}
