import type { z } from "zod";
import type { Operation } from "#lib/api/operations/operation.ts";
import { AppError } from "#lib/core/app-error.ts";
import { admitTo, noting, type OperationInput, parse } from "../access/perform.ts";
import { toHttpError } from "./error-response.ts";
import { log } from "./log.ts";
import { readBody } from "./read-body.ts";

interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined> | undefined>;
}

type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>;
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RouteInput<P, Q, B> extends OperationInput<P, Q, B> {
  request: Request;
}

/**
 * Makes an operation's route handler: checks `access`, parses path and query, calls `answer`, and turns
 * errors into the error body. An operation without access does not compile.
 */
export function handle<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  A extends z.ZodType,
  B extends z.ZodType,
>(
  operation: Operation<P, Q, A, B>,
  answer: (
    input: RouteInput<z.infer<P>, z.infer<Q>, z.infer<B>>,
  ) => z.infer<A> | Response | Promise<z.infer<A> | Response>,
): RouteHandler {
  const admitted = async (request: Request, pathParams: Record<string, unknown>) => {
    const { caller, params } = admitTo(operation, pathParams);
    // Next answers HEAD with GET's handler and never tells the end, so a stream would stay open.
    if (request.method === "HEAD" && operation.contentType === "text/event-stream") {
      return new Response(null, { headers: { "content-type": operation.contentType } });
    }
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const result = await answer({
      params,
      query: parse(operation.query, query, "query"),
      body: parse(operation.body, operation.method === "get" ? {} : await readBody(request), "body"),
      caller,
      request,
    });
    return result instanceof Response ? result : json(result, operation.status);
  };
  return guarded(async (request, context) => {
    const pathParams = (await context.params) ?? {};
    return noting(operation, pathParams, () => admitted(request, pathParams));
  });
}

export function route(handlers: Partial<Record<Method, RouteHandler>>): Record<Method, RouteHandler> {
  const allow = Object.keys(handlers).join(", ");
  const refused = refuseAll(
    () => new AppError("methodNotAllowed", `That method is not possible here; allowed: ${allow}.`),
  );
  return { ...refused, ...handlers };
}

export function refuseAll(error: () => AppError): Record<Method, RouteHandler> {
  return everyMethod(() => Promise.reject(error()));
}

export function everyMethod(answer: (request: Request) => Promise<Response>): Record<Method, RouteHandler> {
  const handler = guarded(answer);
  return { GET: handler, POST: handler, PUT: handler, PATCH: handler, DELETE: handler };
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}

function guarded(inner: RouteHandler): RouteHandler {
  return async (request, context) => {
    try {
      return await inner(request, context);
    } catch (error) {
      const requestId = request.headers.get("x-request-id") ?? crypto.randomUUID();
      const { status, body, headers } = toHttpError(error, requestId);
      if (status === 500) {
        log.error({ requestId, path: new URL(request.url).pathname, err: error }, "A request failed.");
      }
      return Response.json(body, { status, headers });
    }
  };
}
