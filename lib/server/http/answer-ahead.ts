import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { nothing, Operation } from "#lib/api/operations/operation.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { admitTo, noting, parse } from "../access/perform.ts";
import { runtime } from "../runtime.ts";
import { compress } from "./compress.ts";
import { encodingFor } from "./encoding.ts";
import { toHttpError } from "./error-response.ts";
import { log } from "./log.ts";
import { refuse } from "./shell.ts";
import { groupAsNamed, snapshotAnswers } from "./snapshot-answers.ts";
import { WireCache } from "./wire.ts";

interface AheadRoute {
  paramsOf(path: string): Record<string, string> | null;
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    pathParams: Record<string, string>,
  ): Promise<void>;
}

const wires = new WireCache();

const routes: readonly AheadRoute[] = [
  fromSnapshot(operations.getConsumerGroup, snapshotAnswers.getConsumerGroup, groupAsNamed),
  fromSnapshot(operations.getEventHub, snapshotAnswers.getEventHub),
  fromSnapshot(operations.listEventHubs, snapshotAnswers.listEventHubs),
  fromSnapshot(operations.getOverview, snapshotAnswers.getOverview),
  fromSnapshotNow(operations.getScaling, snapshotAnswers.getScaling),
  fromSnapshotNow(operations.getDiagnosis, snapshotAnswers.getDiagnosis),
  { paramsOf: paramsIn(operations.getMetrics.path), answer: answerMetrics },
];

/**
 * Answers what is asked for most, and is largest, before Next sees the request: Next drops a
 * `content-encoding` of ours and compresses each answer anew. Returns false if the request is another
 * route's.
 */
export async function answerAhead(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const path = request.url?.split("?", 1)[0] ?? "";
  for (const { paramsOf, answer } of routes) {
    const pathParams = paramsOf(path);
    if (pathParams === null) continue;
    try {
      await answer(request, response, pathParams);
    } catch (error) {
      const requestId = String(request.headers["x-request-id"]);
      if (toHttpError(error, requestId).status === 500) {
        log.error({ requestId, path, err: error }, "A request failed.");
      }
      refuse(response, error, requestId);
    }
    return true;
  }
  return false;
}

interface Input<P extends z.ZodObject, Q extends z.ZodObject> {
  params: z.infer<P>;
  query: z.infer<Q>;
}

/** @param asNamed the same for all who mean the same, however they ask for it */
function fromSnapshot<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType>(
  operation: Operation<P, Q, A, typeof nothing>,
  make: (input: Input<P, Q>) => z.infer<A>,
  asNamed: (input: Input<P, Q>) => object = (input) => input,
): AheadRoute {
  return kept(operation, (input) => ({
    subject: asNamed(input),
    version: runtime().snapshotVersion((input.params as { hub?: string }).hub),
    make: () => make(input),
  }));
}

/** Depends on the time, too: it is made for each request, and may fail by now. */
function fromSnapshotNow<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType>(
  operation: Operation<P, Q, A, typeof nothing>,
  make: (input: Input<P, Q>) => z.infer<A>,
): AheadRoute {
  return kept(operation, (input) => ({ subject: input, version: null, make: () => make(input) }));
}

/** The bytes are made once for all callers with the same grants. An unchanged answer is reported as such. */
function kept<P extends z.ZodObject, Q extends z.ZodObject>(
  operation: Operation<P, Q, z.ZodType, typeof nothing>,
  answerOf: (input: Input<P, Q>) => { subject: object; version: string | null; make: () => unknown },
): AheadRoute {
  return {
    paramsOf: paramsIn(operation.path),
    answer: (request, response, pathParams) =>
      noting(operation, pathParams, async () => {
        const { caller, params } = admitTo(operation, pathParams);
        const asked = new URLSearchParams(request.url?.split("?").slice(1).join("?"));
        const query = parse(operation.query, Object.fromEntries(asked), "query");
        const { subject, ...rest } = answerOf({ params, query });
        const { status, headers, body } = await wires.answer(request.headers, {
          key: JSON.stringify([operation.id, subject, caller.grants]),
          ...rest,
        });
        response.writeHead(status, headers).end(body);
      }),
  };
}

/** Compressed quickly, and not by the event loop: the text of 10,000 partitions is 10 MB. */
function answerMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
  return noting(operations.getMetrics, {}, async () => {
    admitTo(operations.getMetrics, {});
    const text = await runtime().metrics();
    const encoding = encodingFor(request.headers["accept-encoding"]?.toString());
    const body = encoding === "identity" ? text : await compress(text, encoding, "fast");
    response.writeHead(200, {
      "content-type": operations.getMetrics.contentType,
      "content-length": body.byteLength,
      "cache-control": "no-store",
      vary: "Accept-Encoding",
      ...(encoding !== "identity" && { "content-encoding": encoding }),
    });
    response.end(body);
  });
}

function paramsIn(template: string): AheadRoute["paramsOf"] {
  const pattern = new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
  return (path) => {
    const found = pattern.exec(path);
    if (found === null) return null;
    return Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  };
}
