import { z } from "zod";
import {
  alertsSchema,
  incidentSchema,
  incidentsQuerySchema,
  incidentsSchema,
  testSentSchema,
} from "#lib/api/alerts.ts";
import { integerSchema } from "#lib/api/scalars.ts";
import { acknowledgeSchema, newSilenceSchema, silenceSchema, silencesSchema } from "#lib/api/silences.ts";
import { get, name, nothing, post } from "./operation.ts";

const numbered = z.object({ id: z.coerce.number().pipe(integerSchema.min(1)) });

export const alertOperations = {
  listIncidents: get({
    id: "listIncidents",
    path: "/api/v1/incidents",
    summary: "Incidents, open and closed, newest first.",
    params: nothing,
    query: incidentsQuerySchema,
    answer: incidentsSchema,
    failures: [503],
  }),
  acknowledgeIncident: post({
    id: "acknowledgeIncident",
    path: "/api/v1/incidents/{id}/acknowledge",
    summary:
      "Says that somebody takes care of an open incident: it is not told again, and PagerDuty and Opsgenie know.",
    access: "operator",
    params: numbered,
    query: nothing,
    body: acknowledgeSchema,
    answer: incidentSchema,
    failures: [404, 409, 429, 503],
  }),
  listSilences: get({
    id: "listSilences",
    path: "/api/v1/silences",
    summary: "The silences in force: no messages are sent for what they match.",
    params: nothing,
    query: nothing,
    answer: silencesSchema,
    failures: [503],
  }),
  addSilence: post({
    id: "addSilence",
    path: "/api/v1/silences",
    summary:
      "Silences hubs, groups and rules by pattern for a time, such as a deployment: incidents open and are not told until it is over.",
    access: "operator",
    params: nothing,
    query: nothing,
    body: newSilenceSchema,
    answer: silenceSchema,
    failures: [404, 429, 503],
  }),
  endSilence: post({
    id: "endSilence",
    path: "/api/v1/silences/{id}/end",
    summary: "Ends a silence before its time.",
    access: "operator",
    params: numbered,
    query: nothing,
    body: nothing,
    answer: silencesSchema,
    failures: [404, 429, 503],
  }),
  getAlerts: get({
    id: "getAlerts",
    path: "/api/v1/alerts",
    summary: "The alert rules, their channels, and the latest deliveries.",
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
    // Changes nothing that the dashboard manages.
    changes: false,
    failures: [404, 429, 503],
  }),
};
