import type { Diagnosis } from "#lib/api/diagnosis.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { History } from "#lib/history/history.ts";
import type { Metrics } from "#lib/metrics/metrics.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import { groupHistory, groupOwners, recentActivity } from "#lib/server/history/history-queries.ts";
import { createEventInspection } from "#lib/server/hubs/inspect-event.ts";
import { createResetPlaces } from "#lib/server/resets/reset-places.ts";
import { tooManyStreams } from "./access/streams.ts";
import type { HubConfig } from "./config/config.ts";
import { findGroup, findHub, findPartition, scalingOf, sparklines, trendOf } from "./queries.ts";
import type { ConfigurationState } from "./reload/configuration-state.ts";
import type { Runtime } from "./runtime.ts";
import { snapshotNews } from "./stream.ts";
import { Succession } from "./succession.ts";

const maxStreams = 2_000;

interface RuntimeParts
  extends Pick<
    Runtime,
    "refreshSeconds" | "isReadOnly" | "resets" | "groupMoves" | "alerts" | "dismissGroup" | "tools"
  > {
  monitor: Monitor;
  history: History;
  configs: () => readonly HubConfig[];
  /** Null: the hub is gone. */
  diagnose: (snapshot: HubSnapshot) => Diagnosis | null;
  metrics: Metrics;
  configuration: ConfigurationState;
}

export function createRuntime({
  monitor,
  history,
  configs,
  diagnose,
  metrics,
  configuration,
  refreshSeconds,
  isReadOnly,
  resets,
  groupMoves,
  alerts,
  dismissGroup,
  tools,
}: RuntimeParts): Runtime {
  let streams = 0;
  const succession = new Succession((hubId) => monitor.isWatched(hubId));
  const inspection = createEventInspection(createResetPlaces(monitor, configs));
  return {
    refreshSeconds,
    isReadOnly,
    tools,
    resets,
    groupMoves,
    alerts,
    snapshotVersion: (hubId) =>
      hubId === undefined
        ? `${monitor.version} ${JSON.stringify(history.fault)}`
        : String(monitor.versionOf(hubId)),
    overview: () => ({
      refreshSeconds,
      eventHubs: monitor.snapshots().map(({ eventHub, groups }) => ({
        ...eventHub,
        consumerGroups: groups.map(({ group }) => group),
      })),
      trends: sparklines(monitor),
      historyError: history.fault,
    }),
    eventHubs: () => ({ eventHubs: monitor.snapshots().map(({ eventHub }) => eventHub) }),
    eventHub: (hubId) => {
      const { eventHub, partitions, groups } = findHub(monitor, hubId);
      return {
        ...eventHub,
        partitions: [...partitions],
        consumerGroups: groups.map(({ group }) => group),
      };
    },
    consumerGroup: (hubId, groupName, store) => {
      const { group, partitions } = findGroup(findHub(monitor, hubId), groupName, store);
      return { ...group, partitions: [...partitions] };
    },
    dismissGroup,
    trend: (hubId, groupName, store) =>
      trendOf(monitor, hubId, findGroup(findHub(monitor, hubId), groupName, store)),
    scaling: (hubId, groupName, query) =>
      scalingOf(findHub(monitor, hubId), groupName, query, refreshSeconds, Date.now()),
    diagnosis: (hubId) => {
      const diagnosis = diagnose(findHub(monitor, hubId));
      if (diagnosis === null) throw new AppError("notFound", `The event hub ${hubId} is no longer watched.`);
      return diagnosis;
    },
    readEvent: async (address, wanted, abortSignal) => {
      findPartition(monitor, address, wanted.partitionId);
      return inspection.one(address, wanted, abortSignal);
    },
    readEvents: async (address, wanted, abortSignal) => {
      const { beginningSequenceNumber } = findPartition(monitor, address, wanted.partitionId);
      return inspection.page(address, { ...wanted, begin: beginningSequenceNumber ?? 0 }, abortSignal);
    },
    readEventFile: async (address, wanted, abortSignal) => {
      findPartition(monitor, address, wanted.partitionId);
      return inspection.file(address, wanted, abortSignal);
    },
    history: (hubId, groupName, query) => {
      const hub = findHub(monitor, hubId);
      return groupHistory(history, hub, findGroup(hub, groupName, query.store), query, Date.now());
    },
    owners: (hubId, groupName, query) => {
      const hub = findHub(monitor, hubId);
      return groupOwners(history, hub, findGroup(hub, groupName, query.store), query, Date.now());
    },
    activity: (query, visible) => recentActivity(history, query, visible),
    metrics: () => metrics.text(),
    configuration: () => configuration.describe(),
    readiness: () => {
      const waitingFor = monitor
        .snapshots()
        .filter(isUnread)
        .map(({ eventHub }) => eventHub.id);
      return { ready: waitingFor.length === 0, waiting: waitingFor.length, waitingFor };
    },
    subscribe: (query, listener) => {
      if (query.hub !== undefined) {
        findHub(monitor, query.hub);
      }
      if (streams >= maxStreams) {
        throw tooManyStreams(maxStreams);
      }
      streams += 1;
      const isWanted = (hub: string) => query.hub === undefined || query.hub === hub;
      const newsOf = snapshotNews(query, succession);
      const tell = (snapshot: HubSnapshot) => {
        if (isWanted(snapshot.eventHub.id)) listener(newsOf(snapshot));
      };
      // Send what is there, so that nobody waits a period for the first figures.
      for (const snapshot of monitor.snapshots()) {
        if (!isUnread(snapshot)) {
          tell(snapshot);
        }
      }
      const ends = [
        monitor.subscribe(tell),
        resets.subscribe((reset) => {
          if (isWanted(reset.hub)) listener({ event: "reset", key: reset.id, data: () => reset });
        }),
      ];
      const isFaulty = () => ({ isFaulty: configuration.isFaulty });
      ends.push(
        configuration.subscribe(() =>
          listener({ event: "configuration", key: "configuration", data: isFaulty }),
        ),
      );
      return () => {
        streams -= 1;
        for (const end of ends) end();
      };
    },
  };
}

function isUnread({ eventHub }: HubSnapshot): boolean {
  return eventHub.observedAt === null && eventHub.error === null;
}
