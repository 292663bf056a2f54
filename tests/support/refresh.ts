import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { RefreshToRecord } from "#lib/history/writing/refresh-batch.ts";
import { fixtureGroup, fixtureGroupPartition, fixtureHub, fixturePartition } from "./fixture-world.ts";

export const hub = fixtureHub();
export const group = fixtureGroup();

export interface RefreshFixture {
  at: EpochMs;
  /** One partition each. */
  lags: readonly (number | null)[];
  /** Partitions without a checkpoint, by their numbers: their lags are upper bounds. */
  bounds?: readonly number[];
  /** Times behind are lower bounds. */
  secondsAreBounds?: boolean;
  /** Sequence numbers given out; default: 1,000 more than the lag. */
  ends?: readonly number[];
  owners?: readonly (GroupPartition["owner"] | undefined)[];
  groupName?: string;
  store?: string;
  stale?: boolean;
  expirationSeconds?: number;
  inPerSecond?: number | null;
  outPerSecond?: number | null;
}

/** A snapshot of one hub with one group. */
export function refresh(fixture: RefreshFixture): RefreshToRecord {
  const { at, lags, bounds = [], ends, owners = [], stale = false, secondsAreBounds = false } = fixture;
  const observedAt = new Date(at).toISOString();
  const known = lags.filter((lag) => lag !== null);
  const measured = lags.filter((lag, index) => lag !== null && !bounds.includes(index)) as number[];
  const last = (index: number) => (ends?.[index] ?? 1_000 + (lags[index] ?? 0)) - 1;
  return {
    eventHub: { ...hub, observedAt },
    partitions: lags.map((_, index) =>
      fixturePartition({ partitionId: String(index), lastEnqueuedSequenceNumber: last(index) }),
    ),
    groups: [
      {
        listedAt: at,
        group: fixtureGroup({
          name: fixture.groupName ?? group.name,
          store: fixture.store ?? group.store,
          totalLag: known.length === 0 ? null : known.reduce((sum, lag) => sum + lag, 0),
          measuredLag: measured.length === 0 ? null : measured.reduce((sum, lag) => sum + lag, 0),
          partitionsUnknown: lags.length - known.length,
          lagSeconds: known.length === 0 ? null : Math.max(...known) / 100,
          lagSecondsIsLowerBound: secondsAreBounds,
          eventsInPerSecond: fixture.inPerSecond ?? null,
          eventsOutPerSecond: fixture.outPerSecond ?? null,
          ownershipExpirationSeconds: fixture.expirationSeconds ?? 60,
          observedAt,
          stale,
        }),
        partitions: lags.map((lag, index) =>
          fixtureGroupPartition({
            partitionId: String(index),
            lag,
            lagState: lag === null ? "unknown" : bounds.includes(index) ? "noCheckpoint" : "ok",
            lagSecondsIsLowerBound: secondsAreBounds,
            lagIsUpperBound: lag !== null && bounds.includes(index),
            lastEnqueuedSequenceNumber: last(index),
            owner: owners[index] ?? null,
          }),
        ),
      },
    ],
  };
}
