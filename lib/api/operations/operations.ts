import { z } from "zod";
import { consumerGroupDetailSchema, dismissedSchema } from "#lib/api/consumer-group.ts";
import { diagnosisSchema } from "#lib/api/diagnosis.ts";
import { eventHubDetailSchema, eventHubsSchema } from "#lib/api/event-hub.ts";
import { healthSchema, readinessSchema } from "#lib/api/health.ts";
import {
  activityQuerySchema,
  activitySchema,
  historyQuerySchema,
  historySchema,
  ownersQuerySchema,
  ownersSchema,
} from "#lib/api/history.ts";
import { overviewSchema, trendSchema } from "#lib/api/overview.ts";
import { scalingQuerySchema, scalingSchema } from "#lib/api/scaling.ts";
import { snapshotEventSchema, streamQuerySchema } from "#lib/api/stream.ts";
import { accessOperations } from "./access-operations.ts";
import { alertOperations } from "./alert-operations.ts";
import { eventOperations } from "./event-operations.ts";
import { groupMoveOperations } from "./group-move-operations.ts";
import { get, group, hub, metricsContentType, nothing, ofGroup, post, store } from "./operation.ts";
import { resetOperations } from "./reset-operations.ts";

const onItsOwnPort = "If TIDEMARK_OPERATIONS_PORT is set, only that port serves it.";

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
  dismissGroup: post({
    id: "dismissGroup",
    path: `${ofGroup}/dismiss`,
    summary:
      "Dismisses a consumer group that has lost all its blobs. It stays hidden until it has a blob again.",
    access: "operator",
    params: group,
    query: store,
    body: nothing,
    answer: dismissedSchema,
    failures: [404, 409, 429, 503],
  }),
  getTrend: get({
    id: "getTrend",
    path: `${ofGroup}/trend`,
    summary:
      "The lag of one consumer group over the last hour; what came before the dashboard's start is from the history.",
    params: group,
    query: store,
    answer: trendSchema,
    failures: [404],
  }),
  getScaling: get({
    id: "getScaling",
    path: `${ofGroup}/scaling`,
    summary:
      "The lag of one consumer group for an autoscaler, from the last refresh; 503 where it is older than three periods or not wholly known.",
    params: group,
    query: scalingQuerySchema,
    answer: scalingSchema,
    failures: [404, 503],
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
  ...alertOperations,
  listActivity: get({
    id: "listActivity",
    path: "/api/v1/activity",
    summary: "The activity of this dashboard, newest first.",
    params: nothing,
    query: activityQuerySchema,
    answer: activitySchema,
    failures: [503],
  }),
  ...eventOperations,
  ...resetOperations,
  ...groupMoveOperations,
  ...accessOperations,
  getStream: get({
    id: "getStream",
    path: "/api/v1/stream",
    summary:
      "Server-Sent Events: `snapshot` once at the start and after each refresh of a hub, `reset` (a Reset) at each step of one.",
    params: nothing,
    query: streamQuerySchema,
    answer: snapshotEventSchema,
    contentType: "text/event-stream",
    failures: [404, 429],
  }),
  getOpenApi: get({
    id: "getOpenApi",
    path: "/api/v1/openapi.json",
    summary: "The OpenAPI document of this API.",
    params: nothing,
    query: nothing,
    answer: z.looseObject({ openapi: z.string() }),
  }),
  getHealth: get({
    id: "getHealth",
    path: "/healthz",
    summary: `The process is up. ${onItsOwnPort}`,
    access: "public",
    params: nothing,
    query: nothing,
    answer: healthSchema,
    failures: [404],
  }),
  getMetrics: get({
    id: "getMetrics",
    path: "/metrics",
    summary: `All metrics as the last finished refreshes left them, for Prometheus. Asks Azure for nothing. ${onItsOwnPort}`,
    params: nothing,
    query: nothing,
    answer: z.string(),
    contentType: metricsContentType,
    failures: [404],
  }),
  getReadiness: get({
    id: "getReadiness",
    path: "/readyz",
    summary: `Every hub was read at least once, or has failed with a named error; 503 until then. ${onItsOwnPort}`,
    access: "public",
    params: nothing,
    query: nothing,
    answer: readinessSchema,
    failures: [404, 503],
  }),
};
