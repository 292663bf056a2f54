import type { EpochMs } from "#lib/core/time.ts";
import type { CommitRing } from "#lib/lag/commits.ts";
import type { LossWatch } from "#lib/lag/lost-events.ts";
import type { PositionRing } from "#lib/lag/positions.ts";
import type { KeptGoneGroup } from "./gone-group.ts";
import type { RememberedGroup } from "./group-codec.ts";

export interface Remembered {
  readonly beginnings: ReadonlyMap<string, PositionRing>;
  commitsOf(store: string, consumerGroup: string): Iterable<readonly [partitionId: string, ring: CommitRing]>;
  lossesOf(store: string, consumerGroup: string): Iterable<readonly [partitionId: string, watch: LossWatch]>;
  renewalSecondsOf(store: string, consumerGroup: string): number | null;
  /** Null: an unknown group. Partition entries are replaced, never changed. */
  usageOf(
    store: string,
    consumerGroup: string,
  ): Pick<RememberedGroup, "partitions" | "hadBlob" | "wasRead"> | null;
}

export interface RecalledHub {
  lastAt: EpochMs | null;
  positions: ReadonlyMap<string, PositionRing>;
  pastPositions: ReadonlyMap<string, PositionRing>;
  beginnings: ReadonlyMap<string, PositionRing>;
  gone?: readonly KeptGoneGroup[];
  groups: readonly ({
    store: string;
    consumerGroup: string;
    /** Within some minutes. Absent or null: unknown. */
    lastSeenAt?: EpochMs | null;
  } & RememberedGroup)[];
}
