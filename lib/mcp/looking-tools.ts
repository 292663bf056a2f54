import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { operations } from "#lib/api/operations/operations.ts";
import {
  activityPath,
  consumerGroupPath,
  diagnosisPath,
  incidentsPath,
  overviewPath,
} from "#lib/client/url/paths.ts";
import { plural } from "#lib/core/figures.ts";
import { perform } from "#lib/server/access/perform.ts";
import { runtime } from "#lib/server/runtime.ts";
import { mostListed, ofGroup, ofPartition, shorten, worstFirst } from "./short.ts";
import { register, type ToolWorld } from "./tool.ts";

const {
  getOverview,
  getConsumerGroup,
  getOwners,
  getHistory,
  getDiagnosis,
  listIncidents,
  listActivity,
  readEvent,
} = operations;
const group = getConsumerGroup.params.extend(getConsumerGroup.query.shape);
const historyPoints = 24;

export function registerLookingTools(server: McpServer, world: ToolWorld): void {
  register(server, world, {
    name: "overview",
    title: "Overview",
    description: `${getOverview.summary} The worst come first. Start here.`,
    input: z.object({}),
    isReadOnly: true,
    answer: () =>
      perform(getOverview, {}, () => {
        const { eventHubs } = runtime().overview();
        const groups = eventHubs.flatMap(({ id, consumerGroups }) =>
          consumerGroups.filter(({ neverUsed }) => !neverUsed).map((one) => ({ hub: id, ...ofGroup(one) })),
        );
        const hubs = eventHubs.map(
          ({ id, fullyQualifiedNamespace, eventHubName, partitionCount, status, stale, error }) => ({
            id,
            fullyQualifiedNamespace,
            eventHubName,
            partitionCount,
            status,
            stale,
            error,
          }),
        );
        const bad = groups.filter(({ status }) => status !== "ok").length;
        return {
          text: `${groups.length} consumer groups on ${hubs.length} event hubs; ${bad} need attention or are not known.`,
          data: { eventHubs: shorten(hubs), consumerGroups: shorten(worstFirst(groups)) },
          page: overviewPath,
        };
      }),
  });
  register(server, world, {
    name: "group",
    title: "Consumer group",
    description:
      "One consumer group: lag, time lag, lost events, rates, status and owners, and what its worst partitions say of why.",
    input: group,
    isReadOnly: true,
    answer: ({ store, ...params }) =>
      perform(getConsumerGroup, { params, query: { store } }, () => {
        const found = runtime().consumerGroup(params.hub, params.group, store);
        const bad = worstFirst(found.partitions).filter(
          ({ status, lagState }) => status !== "ok" || lagState === "behindRetention",
        );
        return {
          text: `Status ${found.status}; ${found.lostEvents === null ? "lost events not known" : `${plural(found.lostEvents, "event")} past the present checkpoints deleted`}; ${bad.length} of ${found.partitions.length} partitions are not well.`,
          data: {
            ...ofGroup(found),
            notes: found.notes,
            owners: shorten(found.owners),
            worstPartitions: shorten(bad.map(ofPartition), 8),
          },
          page: consumerGroupPath(params.hub, found.name, found.store),
        };
      }),
  });
  register(server, world, {
    name: "partitions",
    title: "Partitions of a group",
    description: `${getConsumerGroup.summary} The worst come first, at most ${mostListed}.`,
    input: group,
    isReadOnly: true,
    answer: ({ store, ...params }) =>
      perform(getConsumerGroup, { params, query: { store } }, () => {
        const { name, store: found, partitions } = runtime().consumerGroup(params.hub, params.group, store);
        return {
          text: `${partitions.length} partitions.`,
          data: { partitions: shorten(worstFirst(partitions).map(ofPartition)) },
          page: consumerGroupPath(params.hub, name, found),
        };
      }),
  });
  register(server, world, {
    name: "owners",
    title: "Owners of a group",
    description: `${getOwners.summary} Times are ISO 8601; without any, the last hour.`,
    input: getOwners.params.extend(getOwners.query.shape),
    isReadOnly: true,
    answer: ({ hub, group: name, ...query }) =>
      perform(getOwners, { params: { hub, group: name }, query }, async () => {
        const { spans, changes } = await runtime().owners(hub, name, query);
        const running = spans.filter(({ to }) => to === null);
        return {
          text: `${running.length} partitions owned now, ${changes.length} changes of owner in the range.`,
          data: { owned: shorten(running), changes: shorten(changes.toReversed()) },
          page: pageOf(hub, name, query.store),
        };
      }),
  });
  register(server, world, {
    name: "history",
    title: "History of a group",
    description: `${getHistory.summary} Times are ISO 8601; without any, the last hour. A step without figures is a gap.`,
    input: getHistory.params.extend(getHistory.query.omit({ points: true, partitions: true }).shape),
    isReadOnly: true,
    answer: ({ hub, group: name, ...asked }) => {
      const query = { ...asked, points: historyPoints };
      return perform(getHistory, { params: { hub, group: name }, query }, async () => {
        const { from, to, stepSeconds, points, error } = await runtime().history(hub, name, query);
        return {
          text: `${points.length} steps of ${stepSeconds} s.`,
          data: { from, to, stepSeconds, points: points.filter(({ lag }) => lag !== null), error },
          page: pageOf(hub, name, query.store),
        };
      });
    },
  });
  register(server, world, {
    name: "diagnosis",
    title: "Diagnosis of an event hub",
    description: getDiagnosis.summary,
    input: getDiagnosis.params,
    isReadOnly: true,
    answer: (params) =>
      perform(getDiagnosis, { params }, () => {
        const { checks } = runtime().diagnosis(params.hub);
        const found = checks.filter(({ state }) => state !== "pass");
        return {
          text: `${found.length} of ${checks.length} checks did not pass.`,
          data: {
            checks: shorten(
              found.map(({ id, title, state, detail, remedy, items }) => ({
                id,
                title,
                state,
                detail: detail.message,
                remedy: remedy?.message ?? null,
                items: shorten(items, 10),
              })),
            ),
          },
          page: diagnosisPath(params.hub),
        };
      }),
  });
  register(server, world, {
    name: "incidents",
    title: "Incidents",
    description: listIncidents.summary,
    input: listIncidents.query,
    isReadOnly: true,
    answer: (query) =>
      perform(listIncidents, { query }, async (given) => {
        const { incidents, open } = await runtime().alerts.incidents({ limit: mostListed, ...given.query });
        return {
          text: `${open} incidents are open.`,
          data: {
            incidents: shorten(
              incidents.map(({ summary, worst, ...rest }) => ({
                ...rest,
                summary: summary.message,
                worst: worst.message,
              })),
            ),
          },
          page: incidentsPath,
        };
      }),
  });
  register(server, world, {
    name: "activity",
    title: "Activity",
    description: listActivity.summary,
    input: listActivity.query,
    isReadOnly: true,
    answer: (query) =>
      perform(listActivity, { query }, async (given) => {
        const { entries } = await runtime().activity({ limit: 20, ...given.query });
        return {
          text: `${entries.length} entries.`,
          data: { entries: shorten(entries) },
          page: activityPath(),
        };
      }),
  });
  register(server, world, {
    name: "read_event",
    title: "Read one event",
    description: `${readEvent.summary} Its body and properties were written by whoever sent it.`,
    input: readEvent.params.extend(readEvent.query.shape),
    isReadOnly: true,
    answer: ({ hub, group: name, partitionId, ...query }, { mcpReq }) =>
      perform(readEvent, { params: { hub, group: name, partitionId }, query }, async () => {
        const address = { hub, group: name, store: query.store };
        const event = await runtime().readEvent(
          address,
          { partitionId, sequenceNumber: query.sequenceNumber },
          mcpReq.signal,
        );
        return {
          text:
            event.sequenceNumber === query.sequenceNumber
              ? "The event that was asked for."
              : "The event that was asked for is not in the stream; this is the next one.",
          data: event,
          page: pageOf(hub, name, query.store),
        };
      }),
  });
}

function pageOf(hub: string, name: string, store: string | undefined): string {
  const found = runtime().consumerGroup(hub, name, store);
  return consumerGroupPath(hub, found.name, found.store);
}
