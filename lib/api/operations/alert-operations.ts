import { z } from "zod";
import { alertsSchema, incidentsQuerySchema, incidentsSchema, testSentSchema } from "#lib/api/alerts.ts";
import { get, name, nothing, post } from "./operation.ts";

export const alertOperations = {
  listIncidents: get({
    id: "listIncidents",
    path: "/api/v1/incidents",
    summary: "What the alert rules found: open incidents and those that are over, newest first.",
    params: nothing,
    query: incidentsQuerySchema,
    answer: incidentsSchema,
    failures: [503],
  }),
  getAlerts: get({
    id: "getAlerts",
    path: "/api/v1/alerts",
    summary: "The alert rules, the channels that they are told on, and what was sent of late.",
    access: "operator",
    params: nothing,
    query: nothing,
    answer: alertsSchema,
    failures: [503],
  }),
  testAlertChannel: post({
    id: "testAlertChannel",
    path: "/api/v1/alert-channels/{channel}/test",
    summary: "Sends a test on an alert channel.",
    access: "admin",
    params: z.object({ channel: name }),
    query: nothing,
    body: nothing,
    answer: testSentSchema,
    status: 202,
    // It changes nothing that the dashboard looks after.
    changes: false,
    failures: [404, 429, 503],
  }),
};
