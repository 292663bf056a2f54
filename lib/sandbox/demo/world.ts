/**
 * A handler that `needsNumbers` retries an event without one forever. A processor exits cleanly after `leavesAfterEvents` checkpointed events on every partition.
 */
export interface Behaviour {
  handlerMs: number;
  needsNumbers?: boolean;
  leavesAfterEvents?: number;
  checkpointSeconds: number;
  startsAt: "earliest" | "latest";
}

export interface DemoGroup {
  eventHub: string;
  consumerGroup: string;
  processors: number;
  behaviour: Behaviour;
  restartEverySeconds?: number;
  shows: string;
}

export interface DemoHub {
  name: string;
  partitionCount: number;
  eventsPerSecondPerPartition: number;
  history: number;
  retainedPerPartition: number;
  firstSequenceNumber: number;
  /** The partition that gets one event without a number, after a while. */
  poisoned?: string;
  unusedGroups: readonly string[];
}

export const inspectionConsumerGroup = "tidemark";

export const ownershipExpirationSeconds = 30;
export const renewalSeconds = 5;

export const demoHubs: readonly DemoHub[] = [
  {
    name: "orders",
    partitionCount: 4,
    eventsPerSecondPerPartition: 8,
    history: 5_000,
    retainedPerPartition: 6_000,
    firstSequenceNumber: 48_200,
    unusedGroups: [],
  },
  {
    name: "telemetry",
    partitionCount: 32,
    eventsPerSecondPerPartition: 3,
    history: 400,
    retainedPerPartition: 5_000,
    firstSequenceNumber: 9_604_000,
    poisoned: "9",
    unusedGroups: [],
  },
  {
    name: "refunds",
    partitionCount: 2,
    eventsPerSecondPerPartition: 0,
    history: 0,
    retainedPerPartition: 1_000,
    firstSequenceNumber: 0,
    unusedGroups: ["$Default"],
  },
];

export const demoGroups: readonly DemoGroup[] = [
  {
    eventHub: "orders",
    consumerGroup: "billing",
    processors: 2,
    behaviour: { handlerMs: 0, checkpointSeconds: 2, startsAt: "latest" },
    shows: "is healthy: two processors share four partitions",
  },
  {
    eventHub: "orders",
    consumerGroup: "fraud-check",
    processors: 1,
    behaviour: { handlerMs: 400, checkpointSeconds: 2, startsAt: "latest" },
    shows: "is slower than its input: its lag grows",
  },
  {
    eventHub: "orders",
    consumerGroup: "archive",
    processors: 1,
    behaviour: { handlerMs: 100, checkpointSeconds: 1, startsAt: "earliest", leavesAfterEvents: 300 },
    shows: "stopped, and retention overtakes it after some minutes: events are lost",
  },
  {
    eventHub: "telemetry",
    consumerGroup: "live-map",
    processors: 2,
    behaviour: { handlerMs: 0, checkpointSeconds: 4, startsAt: "latest" },
    shows: "is healthy: two processors share 32 partitions",
  },
  {
    eventHub: "telemetry",
    consumerGroup: "enrich",
    processors: 3,
    behaviour: { handlerMs: 0, checkpointSeconds: 4, startsAt: "latest" },
    restartEverySeconds: 45,
    shows: "has processors that restart: watch partitions change their owners",
  },
  {
    eventHub: "telemetry",
    consumerGroup: "alerts",
    processors: 1,
    behaviour: { handlerMs: 0, checkpointSeconds: 5, startsAt: "latest", needsNumbers: true },
    shows:
      "stalls on partition 9, where its handler fails on one event every time: skip it, and end its process",
  },
  {
    eventHub: "refunds",
    consumerGroup: "notify",
    processors: 1,
    behaviour: { handlerMs: 0, checkpointSeconds: 5, startsAt: "latest" },
    shows: "is idle: its event hub is empty",
  },
];

export const silentGroups = [{ eventHub: "orders", consumerGroup: "$Default" }] as const;
