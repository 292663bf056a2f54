import type { ConsumerGroup, GroupPartition } from "#lib/api/consumer-group.ts";
import type { Status } from "#lib/api/status.ts";
import { smallest } from "#lib/core/known.ts";
import { toIso } from "#lib/core/time.ts";
import { largestOfAll, sumLag } from "#lib/lag/group-lag.ts";
import { cappedSum } from "#lib/lag/hub-totals.ts";
import { groupCatchUpSeconds, lagChangePerSecond, wholeRate } from "#lib/lag/pace/group-pace.ts";
import type { ObservedPartition } from "./observe-group-partition.ts";

export function lagFigures(observed: readonly ObservedPartition[]) {
  const { isUpperBound, maxLagIndex, ...sum } = sumLag(observed.map(({ lag }) => lag));
  const partitions = observed.map(({ partition }) => partition);
  return {
    ...sum,
    totalLagIsUpperBound: isUpperBound,
    maxLagPartitionId: maxLagIndex === null ? null : (partitions[maxLagIndex]?.partitionId ?? null),
    ...totalLosses(partitions),
    secondsUntilLoss: smallest(partitions.map((partition) => partition.secondsUntilLoss)),
  } satisfies Partial<ConsumerGroup>;
}

export function paceFigures(observed: readonly ObservedPartition[], status: Status) {
  const partitions = observed.map(({ partition }) => partition);
  const paced = observed.map(({ partition: { lag, lagIsUpperBound: isUpperBound, pace }, paceAcross }) => ({
    lag,
    isUpperBound,
    pace,
    across: paceAcross,
  }));
  const read = partitions.filter(isRead);
  const seconds = largestOfAll(partitions.map(({ lagSeconds }) => lagSeconds));
  const mayBeLarger = partitions.some(
    ({ lag, lagSeconds, lagSecondsIsLowerBound }) =>
      lagSecondsIsLowerBound || (lagSeconds === null && lag !== 0),
  );
  return {
    lagSeconds: seconds,
    lagSecondsIsLowerBound: seconds !== null && mayBeLarger,
    lagSecondsAtCheckpoint: largestOfAll(partitions.map((partition) => partition.lagSecondsAtCheckpoint)),
    catchUpSeconds: groupCatchUpSeconds(paced, status),
    lagChangePerSecond: lagChangePerSecond(paced),
    eventsInPerSecond: wholeRate(
      partitions.map(({ lag, eventsInPerSecond: perSecond }) => ({ lag, perSecond })),
    ),
    eventsOutPerSecond: wholeRate(read.map(({ lag, eventsOutPerSecond: perSecond }) => ({ lag, perSecond }))),
  } satisfies Partial<ConsumerGroup>;
}

/** Events out for the history, where they must add up. */
export function outOverWindow(observed: readonly ObservedPartition[]): number | null {
  const read = observed.filter(({ partition }) => isRead(partition));
  return wholeRate(read.map((each) => ({ lag: each.partition.lag, perSecond: each.outOverWindow })));
}

/** Partitions without a checkpoint add no output. */
function isRead({ lagState }: GroupPartition): boolean {
  return lagState !== "noCheckpoint";
}

/** Sums all partitions' losses since the earliest watch; unknown ones add nothing. */
function totalLosses(
  partitions: readonly GroupPartition[],
): Pick<ConsumerGroup, "lostEventsTotal" | "lostEventsSince"> {
  const totals = partitions.map(({ lostEventsTotal }) => lostEventsTotal).filter((each) => each !== null);
  const since = partitions.map(({ lostEventsSince: at }) => (at === null ? null : Date.parse(at)));
  return {
    lostEventsTotal: totals.length === 0 ? null : cappedSum(totals),
    lostEventsSince: toIso(smallest(since)),
  };
}
