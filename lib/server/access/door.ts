import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { operations } from "#lib/api/operations/operations.ts";
import { roleEverywhere } from "#lib/core/access.ts";
import { AppError } from "#lib/core/app-error.ts";
import { subjectDetails } from "#lib/core/subject.ts";
import type { ActivityEntry } from "#lib/history/activity.ts";
import { SignIn } from "#lib/server/access/sign-in/sign-in.ts";
import { bearerJwt, ToolTokens } from "#lib/server/access/sign-in/tool-tokens.ts";
import { addressMatcher, clientAddress } from "../addresses.ts";
import type { AccessConfig } from "../config/access-config.ts";
import { log } from "../http/log.ts";
import { isMcp, isOperational } from "../http/operational.ts";
import { refuse } from "../http/shell.ts";
import { authenticator, withoutProofs } from "./authenticate.ts";
import { type AdmittedCaller, scraper } from "./caller.ts";
import { DoorPages } from "./door-pages.ts";
import { RateLimits } from "./rate-limits.ts";
import { Refusals } from "./refusals.ts";
import type { RequestContext } from "./request-context.ts";
import { Streams } from "./streams.ts";

const icons = new Set(
  readdirSync(join(import.meta.dirname, "../../../public/icons")).map((file) => `/icons/${file}`),
);
const streamPaths = new Set(
  Object.values(operations)
    .filter(({ contentType }) => contentType === "text/event-stream")
    .map(({ path }) => path as string),
);
const publicRoutes = new Set(
  Object.values(operations)
    .filter(({ access }) => access === "public")
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`),
);
const refusedTokensPerMinute = 60;
/** Each attempt costs a signature check. */
const toolTokensPerMinute = 600;

export const scraperContext: RequestContext = {
  caller: scraper,
  refused: () => {},
  limit: () => {},
  canSignOut: false,
  devices: null,
  address: "",
  streamRoom: null,
  signOut: () => Promise.resolve({ location: "/", cookies: [] }),
};

export interface Door {
  receive(request: IncomingMessage, response: ServerResponse): Promise<RequestContext | null>;
  /** Applies new grants and tokens at once; streams of those who lose access end. */
  changeAccess(access: AccessConfig): void;
}

/** Every request passes here between the shell and Next; unknown callers don't get further. */
export function createDoor(
  configured: AccessConfig,
  append: (entry: ActivityEntry) => Promise<unknown>,
  { streams = new Streams(), servesTools = false }: { streams?: Streams; servesTools?: boolean } = {},
): Door {
  const { auth } = configured;
  const signIn = auth.kind === "oidc" ? new SignIn(auth, configured) : null;
  const toolTokens = auth.kind === "oidc" && servesTools ? new ToolTokens(auth) : null;
  const limits = new RateLimits();
  const refusals = new Refusals(append);
  const rulesOf = (access: AccessConfig) => ({
    access,
    authenticate: authenticator(access, signIn?.sessions ?? null),
    isProxy: addressMatcher(access.proxies),
    pages: new DoorPages(access, signIn, limits, refusals),
  });
  let rules = rulesOf(configured);

  return {
    changeAccess: (access) => {
      signIn?.changeAccess(access);
      rules = rulesOf(access);
      streams.recheck();
    },
    receive: async (request, response) => {
      const now = Date.now();
      const { authenticate, isProxy, pages } = rules;
      const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
      const address = clientAddress(
        request.socket.remoteAddress,
        text(request.headers["x-forwarded-for"]),
        isProxy,
      );
      const cookies = request.headers.cookie;
      const jwt = toolTokens !== null && isMcp(path) ? bearerJwt(request.headers.authorization) : null;
      const known = await authenticate(request, now);
      withoutProofs(request.headers);
      const { caller, session } = known;
      const contextOf = (who: AdmittedCaller | null): RequestContext => ({
        caller: who,
        refused: (refusal) =>
          refusals.note(
            { actor: who?.name ?? "nobody", ...refusal, ...subjectDetails(who ?? {}) },
            who?.key ?? address,
            now,
          ),
        limit: (action, perMinute) => {
          const key = who === null || who.kind === "nobody" ? address : who.key;
          const seconds = limits.take(`${action} ${key}`, perMinute, Date.now());
          if (seconds > 0) throw tooOften(seconds);
        },
        canSignOut: session !== null,
        devices: signIn?.devices ?? null,
        address,
        streamRoom: null,
        signOut: async () => {
          if (signIn === null) return { location: "/", cookies: [] };
          if (session !== null && caller !== null) streams.cut(caller.key, session.id);
          return signIn.end(session, cookies, Date.now());
        },
      });
      const context = contextOf(caller);
      try {
        if (isAsset(path)) return context;
        if (known.isRefusedToken) {
          const seconds = limits.take(`token ${address}`, refusedTokensPerMinute, now);
          if (seconds > 0) throw tooOften(seconds);
          const refusal = {
            code: "unauthenticated",
            message: `An unknown or expired API token, from ${address}.`,
          };
          refusals.note(
            { actor: "nobody", action: "apiToken", hub: "", group: null, ...refusal },
            address,
            now,
          );
          throw new AppError("unauthenticated", "This API token is not known here, or has expired.");
        }
        if (isOperational(path)) return operational(path, context);
        if (isHelp(path) || publicRoutes.has(`${request.method} ${path}`)) return context;
        const metadata = toolTokens?.metadataAt(path) ?? null;
        if (metadata !== null) {
          tell(response, metadata);
          return null;
        }
        if (toolTokens !== null && jwt !== null) {
          const seconds = limits.take(`toolToken ${address}`, toolTokensPerMinute, now);
          if (seconds > 0) throw tooOften(seconds);
          return contextOf(await toolTokens.caller(jwt, rules.access, now));
        }
        if (await pages.answer(request, response, { ...known, path, address, cookies }, now)) return null;
        if (caller === null) throw new AppError("unauthenticated", "Sign in first, or send an API token.");
        if (!streamPaths.has(path) || request.method !== "GET") return context;
        const readmit = () => known.readmit(rules.access, Date.now());
        const streamRoom = streams.hold(caller, session?.id ?? null, response, now, readmit);
        return { ...context, streamRoom };
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error, path }, "The door failed.");
        const told = error instanceof AppError ? error : new AppError("internal", "The dashboard failed.");
        const challenge = toolTokens !== null && isMcp(path) ? toolTokens.challenge(told) : null;
        refuse(response, told, String(request.headers["x-request-id"]), challenge);
        return null;
      }
    },
  };

  function operational(path: string, context: RequestContext): RequestContext {
    const { access } = rules;
    if (access.operationsPort !== null) {
      throw new AppError(
        "notFound",
        "Probes and metrics have a port of their own here: TIDEMARK_OPERATIONS_PORT.",
      );
    }
    const isOpen = (path === "/metrics" ? access.metrics : access.probes) === "open";
    if (context.caller !== null && roleEverywhere(context.caller.grants) !== null) return context;
    if (isOpen) return { ...context, caller: scraper };
    if (context.caller === null) throw new AppError("unauthenticated", "This needs an API token.");
    return context;
  }
}

/**
 * Static files without any data, served to everybody.
 * @throws AppError `notFound` for an unknown icon, which would otherwise render a page
 */
function isAsset(path: string): boolean {
  if (path.startsWith("/_next/static/") || path === "/favicon.ico" || path === "/llms.txt" || icons.has(path))
    return true;
  if (path.startsWith("/icons/")) throw new AppError("notFound", "There is no such icon.");
  return false;
}

/** The help has no data and is open to everybody, so that people can read how to sign in. */
function isHelp(path: string): boolean {
  return /^\/help(\/[a-z-]+)?$/.test(path) || /^\/help\/[a-z]+-(light|dark)\.webp$/.test(path);
}

function tell(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

function tooOften(seconds: number): AppError {
  return new AppError("tooManyRequests", `Too many attempts; try again in ${seconds} s.`, {
    retryable: true,
    retryAfterSeconds: seconds,
  });
}

function text(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : header?.join(",");
}
