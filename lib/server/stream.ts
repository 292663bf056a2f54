import { isDeepStrictEqual } from "node:util";
import type { Reset } from "#lib/api/resets.ts";
import type { ConfigurationEvent, SnapshotEvent, StreamQuery } from "#lib/api/stream.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { Succession } from "./succession.ts";

interface SnapshotNews {
  event: "snapshot";
  key: string;
  data: () => SnapshotEvent;
  source: object;
  id?: string;
  form?: () => string;
  common?: readonly string[];
  sent?: () => void;
}

/**
 * News for a stream. The latest of a `key` replaces earlier ones; `data` is built when the reader is ready.
 */
export type StreamNews =
  | SnapshotNews
  | { event: "reset"; key: string; data: () => Reset }
  | { event: "configuration"; key: string; data: () => ConfigurationEvent };

/** By far the most of a hub of many groups: each group's page follows all of them. */
const ofAllForms = ["hub", "observedAt", "eventHub", "consumerGroups"];

/** Turns snapshots into the news of one stream. Needs all snapshots of its hubs, in order. */
export function snapshotNews(
  query: StreamQuery,
  succession: Succession,
): (snapshot: HubSnapshot) => SnapshotNews {
  const isOfChanges = query.changes === "true";
  const had = new Map<string, string>();
  return (snapshot) => {
    const hub = snapshot.eventHub.id;
    const news = { event: "snapshot", key: hub, source: snapshot, common: ofAllForms } as const;
    const formWith = (changes: string | null) => formOf(snapshot, query, changes);
    if (!isOfChanges)
      return { ...news, form: () => formWith(null), data: () => snapshotEvent(snapshot, query) };
    const { id, before } = succession.step(snapshot);
    // A slow reader has missed one, so it gets a full snapshot.
    const base = () =>
      before !== null && had.get(hub) === before.id ? baseOf(before, snapshot, query) : null;
    return {
      ...news,
      id,
      form: () => formWith(base()?.id ?? "whole"),
      data: () => ({ ...snapshotEvent(snapshot, query), id, ...changesSince(base()) }),
      sent: () => void had.set(hub, id),
    };
  };
}

/** The same for all who get the same, however they ask for it: by any casing of a group, with its store or without. */
function formOf({ groups }: HubSnapshot, query: StreamQuery, changes: string | null): string {
  const group = choose(groups, query)?.group;
  return JSON.stringify([group?.store, group?.name, query.hubPartitions === "true", changes]);
}

function snapshotEvent(snapshot: HubSnapshot, query: StreamQuery): SnapshotEvent {
  const { eventHub, groups } = snapshot;
  const chosen = choose(groups, query);
  return {
    hub: eventHub.id,
    observedAt: eventHub.observedAt,
    eventHub,
    consumerGroups: groups.map(({ group }) => group),
    ...(chosen && {
      group: chosen.group.name,
      store: chosen.group.store,
      partitions: [...chosen.partitions],
    }),
    ...(query.hubPartitions === "true" && { hubPartitions: [...snapshot.partitions] }),
  };
}

interface Base {
  id: string;
  then: GroupSnapshot;
  now: GroupSnapshot;
}

/** Null: the query chose another group then. So all who get the same group since the same base had the same there. */
function baseOf(
  { id, groups }: { id: string; groups: HubSnapshot["groups"] },
  snapshot: HubSnapshot,
  query: StreamQuery,
): Base | null {
  const now = choose(snapshot.groups, query);
  const then = choose(groups, query);
  if (now === undefined || then === undefined) return null;
  const isSame =
    now.group.name === then.group.name &&
    now.group.store === then.group.store &&
    now.partitions.length === then.partitions.length;
  return isSame ? { id, then, now } : null;
}

type Changes = Pick<SnapshotEvent, "full" | "after" | "removed" | "partitions">;

function changesSince(base: Base | null): Changes {
  if (base === null) return { full: true };
  const { id, then, now } = base;
  const known = new Map(then.partitions.map((partition) => [partition.partitionId, partition]));
  const here = new Set(now.partitions.map(({ partitionId }) => partitionId));
  return {
    full: false,
    after: id,
    partitions: now.partitions.filter(
      (partition) => !isDeepStrictEqual(partition, known.get(partition.partitionId)),
    ),
    removed: [...known.keys()].filter((one) => !here.has(one)),
  };
}

function choose(
  groups: HubSnapshot["groups"],
  { group: name, store }: StreamQuery,
): GroupSnapshot | undefined {
  if (name === undefined) return undefined;
  return groups.find(
    ({ group }) => isSameName(group.name, name) && (store === undefined || group.store === store),
  );
}
