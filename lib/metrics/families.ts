export interface Family {
  readonly type: "gauge" | "counter" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
}

const hub = ["eventhubs_namespace", "eventhub"] as const;
const group = [...hub, "consumergroup", "store"] as const;
const groupPartition = [...group, "partition"] as const;
const partition = [...hub, "partition"] as const;

const gauge = (labels: readonly string[], help: string): Family => ({ type: "gauge", help, labels });
const counter = (labels: readonly string[], help: string): Family => ({ type: "counter", help, labels });

export const families = {
  eventhubs_consumergroup_lag: gauge(
    groupPartition,
    "Events after the checkpoint; without a checkpoint all events in the partition.",
  ),
  eventhubs_consumergroup_lag_sum: gauge(
    group,
    "Lag summed over the partitions: without a checkpoint all events in the partition, an upper bound; an unknown lag is left out.",
  ),
  eventhubs_consumergroup_lag_seconds: gauge(
    groupPartition,
    "Time lag: age of the event at the checkpoint, estimated; a lower bound if it is older than the dashboard's watch.",
  ),
  eventhubs_consumergroup_events_lost: gauge(
    groupPartition,
    "Events past the present checkpoint that retention has deleted; those that processors had read ahead are among them.",
  ),
  eventhubs_consumergroup_events_lost_total: counter(
    groupPartition,
    "Events that retention was seen to delete before the group checkpointed them, kept over restarts; a lower bound.",
  ),
  eventhubs_consumergroup_time_to_catch_up_seconds: gauge(
    group,
    "Time until the group has caught up at its present rates; absent if it is not catching up.",
  ),
  eventhubs_consumergroup_time_until_loss_seconds: gauge(
    group,
    "Time until retention deletes the first unread event, at the present rates; 0 if it already has; absent if it does not come closer.",
  ),
  eventhubs_consumergroup_checkpoint_sequence_number: gauge(
    groupPartition,
    "Sequence number of the last event that the group has checkpointed.",
  ),
  eventhubs_consumergroup_checkpoint_timestamp_seconds: gauge(
    groupPartition,
    "When the checkpoint was written, by the storage's clock.",
  ),
  eventhubs_consumergroup_status: gauge([...group, "status"], "1 for the status that holds, 0 for the rest."),
  eventhubs_consumergroup_owners: gauge(group, "Processors that own at least one partition."),
  eventhubs_consumergroup_partition_owner_info: gauge(
    [...groupPartition, "owner"],
    "1 for the processor that owns the partition; absent where none does.",
  ),
  eventhubs_consumergroup_owner_changes_total: counter(
    group,
    "Partitions claimed, stolen, released and expired since the dashboard has watched the group.",
  ),
  eventhubs_consumergroup_resets_total: counter(
    group,
    "Ended resets of the group, done or failed, on this dashboard.",
  ),
  eventhubs_partition_last_enqueued_sequence_number: gauge(
    partition,
    "Sequence number of the partition's last event; -1 where there never was one.",
  ),
  eventhubs_partition_beginning_sequence_number: gauge(
    partition,
    "Sequence number of the oldest event that the partition still holds.",
  ),
  eventhubs_partition_last_enqueued_timestamp_seconds: gauge(
    partition,
    "When the partition's last event was enqueued.",
  ),
  tidemark_refresh_duration_seconds: {
    type: "histogram",
    help: "Duration of the hub refreshes that this dashboard made itself.",
    labels: [],
  },
  tidemark_refresh_errors_total: counter(
    ["hub", "source"],
    "Refreshes in which a source could not be read, or not all of it.",
  ),
  tidemark_last_success_timestamp_seconds: gauge(
    ["hub"],
    "When the hub and all of its stores were last read; absent until then.",
  ),
  tidemark_azure_requests_total: counter(
    ["service", "operation"],
    "Requests to Azure by this dashboard, without the SDKs' own retries.",
  ),
  tidemark_config_last_reload_successful: gauge(
    [],
    "1 if the configuration file can be used, else 0: the last good one stays in use.",
  ),
  tidemark_config_last_reload_success_timestamp_seconds: gauge([], "When the configuration in use was read."),
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof families;

export const familyNames = Object.keys(families) as FamilyName[];

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type Samples = ReadonlyMap<FamilyName, readonly Sample[]>;
