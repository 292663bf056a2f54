import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { EventHub } from "#lib/api/event-hub.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { OwnerChange } from "#lib/ownership/owner-changes.ts";
import { type OwnerSpan, ownerSpans } from "#lib/ownership/owner-spans.ts";
import type { Engine } from "../storage/engine.ts";
import { seriesKey } from "../writing/refresh-batch.ts";
import { readOwnerChanges } from "./read-owners.ts";
import { findSeries, firstSampleAt } from "./read-samples.ts";

export interface OwnersQuery {
  hub: Pick<EventHub, "id" | "fullyQualifiedNamespace" | "eventHubName">;
  group: Pick<ConsumerGroup, "store" | "name">;
  from: EpochMs;
  to: EpochMs;
}

export interface OwnersAnswer {
  spans: OwnerSpan[];
  changes: OwnerChange[];
  /**
   * When the group was first seen; null: never recorded. Before `cutBefore` there is too much to tell; null:
   * everything is told.
   */
  watchedSince: EpochMs | null;
  cutBefore: EpochMs | null;
}

export async function readOwners({ db }: Engine, query: OwnersQuery): Promise<OwnersAnswer> {
  const series = await findSeries(db, seriesKey(query.hub, query.group));
  if (series === null) return { spans: [], changes: [], watchedSince: null, cutBefore: null };
  const { changes, cutBefore } = await readOwnerChanges(db, series.id, query.from);
  const { to } = query;
  const from = cutBefore ?? query.from;
  return {
    spans: ownerSpans(changes).filter((span) => span.from <= to && (span.to ?? to) >= from),
    changes: changes.filter(({ at, kind }) => at >= from && at <= to && kind !== "found"),
    watchedSince: await firstSampleAt(db, series),
    cutBefore,
  };
}
