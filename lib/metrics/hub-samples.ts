import type { Partition } from "#lib/api/event-hub.ts";
import { statuses } from "#lib/api/status.ts";
import { processorOwner } from "#lib/core/holding-owner.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { GroupSnapshot, HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { FamilyName, Sample, Samples } from "./families.ts";

type Labels = Sample["labels"];

export interface HubSampleOptions {
  now: EpochMs;
  staleAfterMs: number;
  partitionMetrics: boolean;
  storeLabel: (storeId: string) => string;
  /** False when another configured hub is the same event hub and already has these series. */
  withHubPartitions: boolean;
}

/**
 * Makes the samples of one hub, in parts: the hub's own, then each group's. Together they are larger than the
 * snapshot, and making them all holds others up. Unknown values have none. After a failure the old figures
 * stay for `staleAfterMs`: dropping them at once would end the alerts on them, keeping them forever would pass
 * them off as current.
 */
export function* hubSamples(snapshot: HubSnapshot, options: HubSampleOptions): Generator<Samples> {
  const ofHub = new SampleList();
  const { eventHub, partitions, groups } = snapshot;
  const labels = {
    eventhubs_namespace: eventHub.fullyQualifiedNamespace,
    eventhub: eventHub.eventHubName,
  };
  const isRecent = (at: string | null) => at !== null && options.now - Date.parse(at) <= options.staleAfterMs;
  if (options.partitionMetrics && options.withHubPartitions && isRecent(eventHub.observedAt)) {
    for (const partition of partitions) addPartition(ofHub, labels, partition);
  }
  yield ofHub.byFamily;
  const listedAt = new Map(eventHub.checkpointStores.map(({ id, observedAt }) => [id, observedAt]));
  for (const snapshot of groups) {
    const { group } = snapshot;
    const storeAt = listedAt.get(group.store) ?? null;
    const samples = new SampleList();
    addGroup(
      samples,
      { ...labels, consumergroup: group.name, store: options.storeLabel(group.store) },
      snapshot,
      {
        partitionMetrics: options.partitionMetrics,
        // If the hub was never read, the blobs' data is as old as their listing.
        hasFigures: isRecent(group.observedAt ?? storeAt),
        hasOwners: isRecent(storeAt),
      },
    );
    yield samples.byFamily;
  }
}

class SampleList {
  readonly byFamily = new Map<FamilyName, Sample[]>();

  add(family: FamilyName, labels: Labels, value: number | null): void {
    if (value === null) return;
    const list = this.byFamily.get(family);
    if (list === undefined) this.byFamily.set(family, [{ labels, value }]);
    else list.push({ labels, value });
  }
}

function addPartition(samples: SampleList, hub: Labels, partition: Partition): void {
  const labels = { ...hub, partition: partition.partitionId };
  const { lastEnqueuedSequenceNumber, beginningSequenceNumber, lastEnqueuedAt } = partition;
  samples.add("eventhubs_partition_last_enqueued_sequence_number", labels, lastEnqueuedSequenceNumber);
  samples.add("eventhubs_partition_beginning_sequence_number", labels, beginningSequenceNumber);
  samples.add("eventhubs_partition_last_enqueued_timestamp_seconds", labels, toSeconds(lastEnqueuedAt));
}

interface Known {
  partitionMetrics: boolean;
  hasFigures: boolean;
  hasOwners: boolean;
}

function addGroup(
  samples: SampleList,
  labels: Labels,
  { group, partitions }: GroupSnapshot,
  { partitionMetrics, hasFigures, hasOwners }: Known,
): void {
  const status = hasFigures ? group.status : "unknown";
  for (const each of statuses) {
    samples.add("eventhubs_consumergroup_status", { ...labels, status: each }, each === status ? 1 : 0);
  }
  if (hasOwners) samples.add("eventhubs_consumergroup_owners", labels, group.owners.length);
  if (hasFigures) {
    // Known lags are 0 and others unknown: a 0 would look fine.
    const isPartial = group.totalLag === 0 && group.partitionsUnknown > 0;
    samples.add("eventhubs_consumergroup_lag_sum", labels, isPartial ? null : group.totalLag);
    samples.add("eventhubs_consumergroup_time_to_catch_up_seconds", labels, group.catchUpSeconds);
    samples.add("eventhubs_consumergroup_time_until_loss_seconds", labels, group.secondsUntilLoss);
  }
  if (partitionMetrics) {
    for (const partition of partitions) {
      addGroupPartition(samples, { ...labels, partition: partition.partitionId }, partition, {
        hasFigures,
        hasOwners,
      });
    }
  } else if (hasFigures) {
    // Group totals instead of partitions, so that alerts work with and without the partition series.
    samples.add("eventhubs_consumergroup_lag_seconds", labels, group.lagSeconds);
    samples.add("eventhubs_consumergroup_events_lost", labels, group.lostEvents);
    samples.add("eventhubs_consumergroup_events_lost_total", labels, group.lostEventsTotal);
  }
}

function addGroupPartition(
  samples: SampleList,
  labels: Labels,
  {
    lag,
    lagState,
    lagSeconds,
    lostEvents,
    lostEventsTotal,
    checkpoint,
    owner,
  }: GroupSnapshot["partitions"][number],
  { hasFigures, hasOwners }: Pick<Known, "hasFigures" | "hasOwners">,
): void {
  if (hasFigures) {
    samples.add("eventhubs_consumergroup_lag", labels, lag);
    samples.add("eventhubs_consumergroup_lag_seconds", labels, lagSeconds);
    samples.add("eventhubs_consumergroup_events_lost", labels, lostEvents);
    samples.add("eventhubs_consumergroup_events_lost_total", labels, lostEventsTotal);
    // A placeholder blob is no checkpoint, whatever number it holds.
    const counted = lagState === "noCheckpoint" ? null : checkpoint;
    samples.add(
      "eventhubs_consumergroup_checkpoint_sequence_number",
      labels,
      counted?.sequenceNumber ?? null,
    );
    samples.add(
      "eventhubs_consumergroup_checkpoint_timestamp_seconds",
      labels,
      toSeconds(counted?.updatedAt ?? null),
    );
  }
  const processor = processorOwner(owner);
  if (hasOwners && processor?.state === "active") {
    samples.add("eventhubs_consumergroup_partition_owner_info", { ...labels, owner: processor.ownerId }, 1);
  }
}

function toSeconds(at: string | null): number | null {
  return at === null ? null : Date.parse(at) / 1000;
}
