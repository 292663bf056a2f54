import { z } from "zod";
import { consumerGroupDetailSchema } from "./consumer-group.ts";
import { diagnosisSchema } from "./diagnosis.ts";
import { eventHubDetailSchema, eventHubsSchema } from "./event-hub.ts";
import { healthSchema, readinessSchema } from "./health.ts";
import {
  activityQuerySchema,
  activitySchema,
  historyQuerySchema,
  historySchema,
  ownersQuerySchema,
  ownersSchema,
} from "./history.ts";
import { overviewSchema, trendSchema } from "./overview.ts";
import {
  applyBodySchema,
  positionsSchema,
  previewBodySchema,
  resetPlanSchema,
  resetSchema,
  resetsQuerySchema,
  resetsSchema,
} from "./resets.ts";
import { snapshotEventSchema, streamQuerySchema } from "./stream.ts";

/** Who may call an operation. `public`: anybody who reaches the server. */
type Access = "public" | "viewer" | "operator" | "admin";

const nothing = z.object({});

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
  contentType: "application/json" | "text/event-stream";
  /** Statuses that it may fail with, beside 400, 403 and 500. */
  failures: readonly number[];
}

function get<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType>(
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
    ...operation,
    body: nothing,
  };
}

/** An operation that changes something, or prepares it. */
function post<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType, B extends z.ZodType>(
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
    ...operation,
  };
}

const name = z.string().min(1).max(256);
const hub = z.object({ hub: name });
const group = hub.extend({ group: name });
const reset = z.object({ id: z.string().min(1).max(64) });
const store = z.object({ store: name.optional() });
const ofGroup = "/api/v1/event-hubs/{hub}/consumer-groups/{group}";

export const operations = {
  getOverview: get({
    id: "getOverview",
    path: "/api/v1/overview",
    summary: "Every consumer group of every event hub, with the last hour's lag.",
    params: nothing,
    query: nothing,
    answer: overviewSchema,
  }),
  listEventHubs: get({
    id: "listEventHubs",
    path: "/api/v1/event-hubs",
    summary: "Every event hub.",
    params: nothing,
    query: nothing,
    answer: eventHubsSchema,
  }),
  getEventHub: get({
    id: "getEventHub",
    path: "/api/v1/event-hubs/{hub}",
    summary: "One event hub with its partitions and consumer groups.",
    params: hub,
    query: nothing,
    answer: eventHubDetailSchema,
    failures: [404],
  }),
  getConsumerGroup: get({
    id: "getConsumerGroup",
    path: ofGroup,
    summary: "One consumer group, partition by partition.",
    params: group,
    query: store,
    answer: consumerGroupDetailSchema,
    failures: [404],
  }),
  getTrend: get({
    id: "getTrend",
    path: `${ofGroup}/trend`,
    summary:
      "The lag of one consumer group over the last hour, as the dashboard remembers it since its start.",
    params: group,
    query: store,
    answer: trendSchema,
    failures: [404],
  }),
  getDiagnosis: get({
    id: "getDiagnosis",
    path: "/api/v1/event-hubs/{hub}/diagnosis",
    summary:
      "What was looked at on the way to a hub's figures: whether it is as it should be, and what to do.",
    params: hub,
    query: nothing,
    answer: diagnosisSchema,
    failures: [404],
  }),
  getHistory: get({
    id: "getHistory",
    path: `${ofGroup}/history`,
    summary:
      "The lag and the rates of one consumer group, or of one of its partitions, over a range of time.",
    params: group,
    query: historyQuerySchema,
    answer: historySchema,
    failures: [404],
  }),
  getOwners: get({
    id: "getOwners",
    path: `${ofGroup}/owners`,
    summary: "Who owned which partition when, in a range of time, and what changed in it.",
    params: group,
    query: ownersQuerySchema,
    answer: ownersSchema,
    failures: [404, 503],
  }),
  listActivity: get({
    id: "listActivity",
    path: "/api/v1/activity",
    summary: "What was done with this dashboard, newest first.",
    params: nothing,
    query: activityQuerySchema,
    answer: activitySchema,
    failures: [503],
  }),
  listResets: get({
    id: "listResets",
    path: `${ofGroup}/resets`,
    summary: "The resets of one consumer group, newest first.",
    params: group,
    query: resetsQuerySchema,
    answer: resetsSchema,
    failures: [404, 503],
  }),
  previewReset: post({
    id: "previewReset",
    path: `${ofGroup}/resets/preview`,
    summary: "Resolves the checkpoints that a reset would write, partition by partition. Changes nothing.",
    access: "operator",
    params: group,
    query: store,
    body: previewBodySchema,
    answer: resetPlanSchema,
    failures: [404, 429, 502, 503],
  }),
  applyReset: post({
    id: "applyReset",
    path: `${ofGroup}/resets`,
    summary: "Applies a plan: one conditional write for each of its partitions, recorded before it happens.",
    access: "admin",
    params: group,
    query: store,
    body: applyBodySchema,
    answer: resetSchema,
    status: 202,
    failures: [404, 409, 429, 502, 503],
  }),
  getPositions: get({
    id: "getPositions",
    path: `${ofGroup}/positions`,
    summary: "Where a consumer group stands, to be kept or imported: by position, and by enqueued time.",
    access: "operator",
    params: group,
    query: store,
    answer: positionsSchema,
    failures: [404, 502, 503],
  }),
  getResetPlan: get({
    id: "getResetPlan",
    path: "/api/v1/reset-plans/{id}",
    summary: "A plan, as long as it lives, to whoever asked for it.",
    access: "operator",
    params: reset,
    query: nothing,
    answer: resetPlanSchema,
    failures: [404, 503],
  }),
  getReset: get({
    id: "getReset",
    path: "/api/v1/resets/{id}",
    summary: "A reset: what was replaced and what was written, partition by partition.",
    params: reset,
    query: nothing,
    answer: resetSchema,
    failures: [404, 503],
  }),
  undoReset: post({
    id: "undoReset",
    path: "/api/v1/resets/{id}/undo",
    summary: "A plan that restores what a reset replaced; applied like any other. Changes nothing.",
    access: "operator",
    params: reset,
    query: nothing,
    body: nothing,
    answer: resetPlanSchema,
    failures: [404, 409, 429, 502, 503],
  }),
  getStream: get({
    id: "getStream",
    path: "/api/v1/stream",
    summary: "Server-Sent Events: `snapshot` once at the start and after each refresh of a hub.",
    params: nothing,
    query: streamQuerySchema,
    answer: snapshotEventSchema,
    contentType: "text/event-stream",
    failures: [404],
  }),
  getOpenApi: get({
    id: "getOpenApi",
    path: "/api/v1/openapi.json",
    summary: "This document.",
    params: nothing,
    query: nothing,
    answer: z.looseObject({ openapi: z.string() }),
  }),
  getHealth: get({
    id: "getHealth",
    path: "/healthz",
    summary: "The process is up.",
    access: "public",
    params: nothing,
    query: nothing,
    answer: healthSchema,
  }),
  getReadiness: get({
    id: "getReadiness",
    path: "/readyz",
    summary: "Every hub was read at least once, or has failed with a named error; 503 until then.",
    access: "public",
    params: nothing,
    query: nothing,
    answer: readinessSchema,
    failures: [503],
  }),
};
