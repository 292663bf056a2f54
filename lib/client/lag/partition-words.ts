import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { isAboutSameLag, keepUp } from "./about-same.ts";
import { holdingReset } from "./holding-reset.ts";
import {
  type Chip,
  heldWords,
  notResumed,
  okChip,
  statusNames,
  unknownWords,
  urgencyOf,
} from "./status-words.ts";

export function partitionChip(partition: GroupPartition): Chip {
  const { status, pace } = partition;
  if (holdingReset(partition) !== null) return { status: "unknown", word: heldWords.partition };
  if (partition.statusReason?.code === "notResumed") return { status: "warn", word: notResumed };
  if (status === "unknown") return { status, word: unknownWords[partition.lagState] };
  if (status !== "ok") return { status, word: statusNames[status] };
  if (partition.lagState === "empty") return { status, word: unknownWords.empty };
  return okChip({
    lag: partition.lag,
    allowedLag: 0,
    secondsAtCheckpoint: partition.lagSecondsAtCheckpoint,
    inPerSecond: partition.eventsInPerSecond,
    changePerSecond: pace === null ? null : pace.eventsInPerSecond - pace.eventsOutPerSecond,
  });
}

/** By what its chip shows, which also its filter goes by. */
export function partitionUrgency(partition: GroupPartition): number {
  const { secondsUntilLoss } = partition;
  return urgencyOf({ secondsUntilLoss, status: partitionChip(partition).status });
}

export function arePartitionsAboutSame(a: GroupPartition, b: GroupPartition): boolean {
  return keepUp(partitionChip(a), partitionChip(b)) || isAboutSameLag(a.lag, b.lag);
}
