import { z } from "zod";
import { idSchema, storeQuerySchema } from "#lib/api/scalars.ts";
import type { Role } from "#lib/core/access.ts";

/** Who may call an operation. `signedIn` needs no role. */
type Access = "public" | "signedIn" | Role;

export const nothing = z.object({});

export const metricsContentType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * The OpenAPI document is made from the operations. `changes`: it changes something or prepares a change, so
 * read-only mode refuses it. `perMinute`: calls per caller, as a burst of this many, then this many a minute;
 * null: no limit.
 */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Answer extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  id: string;
  method: "get" | "post";
  path: string;
  summary: string;
  access: Access;
  params: Params;
  query: Query;
  body: Body;
  answer: Answer;
  status: 200 | 202;
  changes: boolean;
  contentType: "application/json" | "text/event-stream" | typeof metricsContentType;
  perMinute: number | null;
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
export const hub = z.object({ hub: name.describe("The id of the event hub.") });
export const group = hub.extend({ group: name.describe("The consumer group, in any casing.") });
export const byId = z.object({ id: idSchema });
export const store = z.object({ store: storeQuerySchema });
export const ofGroup = "/api/v1/event-hubs/{hub}/consumer-groups/{group}";
