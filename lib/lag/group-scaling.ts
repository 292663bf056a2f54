import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { Scaling } from "#lib/api/scaling.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { cappedSum } from "./hub-totals.ts";

const mostPeriods = 3;

export interface ScalingOptions {
  excludeStalled: boolean;
  periodSeconds: number;
  now: EpochMs;
}

/**
 * Returns the lag for an autoscaler: completely known and recent, or throws. A partial sum or an old figure
 * could scale a group to zero with everything left to read.
 * @throws AppError `notReadYet`, `figuresTooOld`, `lagUnknown`
 */
export function groupScaling(
  group: ConsumerGroup,
  partitions: readonly GroupPartition[],
  { excludeStalled, periodSeconds, now }: ScalingOptions,
): Scaling {
  const { observedAt, partitionCount } = group;
  if (group.goneSince !== null) {
    throw unknown(`All checkpoints of ${group.name} were deleted: how far it is behind is not known.`);
  }
  if (observedAt === null || partitionCount === null) {
    throw new AppError("notReadYet", `The lag of ${group.name} was not read yet.`, { retryable: true });
  }
  const ageSeconds = (now - Date.parse(observedAt)) / 1000;
  if (ageSeconds > mostPeriods * periodSeconds) {
    throw new AppError("figuresTooOld", tooOld(group, ageSeconds, periodSeconds), { retryable: true });
  }
  const blind = partitions.filter(({ lag }) => lag === null).map(({ partitionId }) => partitionId);
  if (blind.length > 0 || partitions.length === 0 || partitions.length !== partitionCount) {
    const which = blind.length === 0 ? "" : ` on partition ${blind.slice(0, 10).join(", ")}`;
    throw unknown(`The lag of ${group.name} is not known${which}: its page says why.`);
  }
  const counted = excludeStalled ? partitions.filter((partition) => !isHeldUp(partition)) : partitions;
  const lag = cappedSum(counted.map((partition) => partition.lag ?? 0));
  return {
    lag,
    isUpperBound: counted.some(({ lagIsUpperBound }) => lagIsUpperBound),
    partitionsBehind: counted.filter((partition) => partition.lag !== 0).length,
    partitionCount,
    active: lag > 0,
    observedAt,
  };
}

/** An owner holds it without progress. Without an owner more processors do help, whatever the status. */
function isHeldUp({ status, owner }: GroupPartition): boolean {
  return (status === "stall" || status === "stop") && owner?.state === "active";
}

function unknown(message: string): AppError {
  return new AppError("lagUnknown", message);
}

function tooOld({ name, error }: ConsumerGroup, ageSeconds: number, periodSeconds: number): string {
  const why = error === null ? "" : ` ${error.message}`;
  return (
    `The figures of ${name} are ${Math.round(ageSeconds)} s old, and it is read every ` +
    `${Math.round(periodSeconds)} s.${why}`
  );
}
