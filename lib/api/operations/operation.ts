import { z } from "zod";
import { idSchema } from "#lib/api/scalars.ts";
import type { Role } from "#lib/core/access.ts";

/** Who may call an operation. `public`: anybody who reaches the server; `signedIn`: also without a role. */
type Access = "public" | "signedIn" | Role;

export const nothing = z.object({});

/** Prometheus' text format. */
export const metricsContentType = "text/plain; version=0.0.4; charset=utf-8";

/** One operation of the API: what a route accepts and answers, from which the OpenAPI document is made. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  id: string;
  method: "get" | "post";
  /** As OpenAPI writes it: `/api/v1/event-hubs/{hub}`. */
  path: string;
  summary: string;
  access: Access;
  params: Params;
  query: Query;
  /** What the body is parsed with; `nothing` where none is read. */
  body: Body;
  answer: Answer;
  /** The status of success. */
  status: 200 | 202;
  /** Whether it changes something, or prepares a change: refused in read-only mode. */
  changes: boolean;
  contentType: "application/json" | "text/event-stream" | typeof metricsContentType;
  /** How often each caller may do it, so many times at once and then so many a minute; null: as often as they like. */
  perMinute: number | null;
  /** Statuses that it may fail with, beside those of all: 400, 401, 403 and 500, where it has a body 413. */
  failures: readonly number[];
}

export function get<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType>(
  operation: Pick<Operation<P, Q, A>, "id" | "path" | "summary" | "params" | "query" | "answer"> &
    Partial<Operation<P, Q, A>>,
): Operation<P, Q, A, typeof nothing> {
  return {
    method: "get",
    access: "viewer",
    contentType: "application/json",
    failures: [],
    status: 200,
    changes: false,
    perMinute: null,
    ...operation,
    body: nothing,
  };
}

/** An operation that changes something, or prepares it. */
export function post<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType, B extends z.ZodType>(
  operation: Pick<
    Operation<P, Q, A, B>,
    "id" | "path" | "summary" | "access" | "params" | "query" | "body" | "answer"
  > &
    Partial<Operation<P, Q, A, B>>,
): Operation<P, Q, A, B> {
  return {
    method: "post",
    contentType: "application/json",
    failures: [],
    status: 200,
    changes: true,
    perMinute: 60,
    ...operation,
  };
}

export const name = z.string().min(1).max(256);
export const hub = z.object({ hub: name });
export const group = hub.extend({ group: name });
/** What one id names. */
export const byId = z.object({ id: idSchema });
export const store = z.object({ store: name.optional() });
export const ofGroup = "/api/v1/event-hubs/{hub}/consumer-groups/{group}";
