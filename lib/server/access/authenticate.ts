import type { IncomingMessage } from "node:http";
import type { EpochMs } from "#lib/core/time.ts";
import type { Session, Sessions } from "#lib/server/access/sign-in/sessions.ts";
import { addressMatcher } from "../addresses.ts";
import type { AccessConfig } from "../config/access-config.ts";
import { callerOf, tokenCaller, tokenHash } from "./api-tokens.ts";
import { type AdmittedCaller, anonymous, person } from "./caller.ts";
import { identityHeaderNames, isFromProxy, proxyIdentity } from "./proxy-identity.ts";

export interface Authenticated {
  caller: AdmittedCaller | null;
  session: Session | null;
  hasTooManyGroups: boolean;
  isRefusedToken: boolean;
  readmit(access: AccessConfig, now: EpochMs): AdmittedCaller | null;
}

const unknown: Authenticated = {
  caller: null,
  session: null,
  hasTooManyGroups: false,
  isRefusedToken: false,
  readmit: () => null,
};

export function authenticator(
  access: AccessConfig,
  sessions: Sessions | null,
): (request: IncomingMessage, now: EpochMs) => Promise<Authenticated> {
  const { auth, tokens, grants, proxies, rolesClaim } = access;
  const isProxy = proxies.length === 0 ? null : addressMatcher(proxies);
  return async (request, now) => {
    const { headers } = request;
    const { authorization } = headers;
    const token = tokenCaller(authorization, tokens, now);
    if (token === "refused") return { ...unknown, isRefusedToken: true };
    if (token !== null) {
      const hash = tokenHash(authorization);
      return { ...unknown, caller: token, readmit: ({ tokens }, at) => callerOf(hash, tokens, at) };
    }
    if (auth.kind === "none") return { ...unknown, caller: anonymous, readmit: () => anonymous };
    if (auth.kind === "oidc") {
      const session = (await sessions?.read(headers.cookie, now)) ?? null;
      if (session === null) return unknown;
      const { until, hasTooManyGroups } = session;
      const readmit = (access: AccessConfig) => person(session, auth.issuer, access.grants, until);
      return {
        ...unknown,
        caller: person(session, auth.issuer, grants, until),
        session,
        hasTooManyGroups,
        readmit,
      };
    }
    if (!isFromProxy(auth, headers, request.socket.remoteAddress, isProxy)) return unknown;
    const identity = proxyIdentity(auth.headers, request, rolesClaim);
    if (identity === null) return unknown;
    const readmit = (access: AccessConfig) => person(identity, auth.headers, access.grants, null);
    return { ...unknown, caller: person(identity, auth.headers, grants, null), readmit };
  };
}

/** Removes all proofs from a request, so that nothing behind this can see, log or trust them. */
export function withoutProofs(headers: IncomingMessage["headers"]): void {
  for (const name of ["authorization", "proxy-authorization", ...identityHeaderNames]) delete headers[name];
  const cookies = (headers.cookie ?? "")
    .split(";")
    .filter((part) => !/^\s*(__Host-)?tidemark-(session|sign-in|id)/.test(part));
  headers.cookie = cookies.join(";");
}
