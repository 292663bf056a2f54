import type { EpochMs } from "#lib/core/time.ts";
import type { CommitRing } from "#lib/lag/commits.ts";
import type { LossWatch } from "#lib/lag/lost-events.ts";
import type { PositionRing } from "#lib/lag/positions.ts";
import type { KeptGoneGroup } from "./gone-group.ts";
import type { RememberedGroup } from "./group-codec.ts";

/** What statuses and rates are told from, of one hub, as it is to be found again after a restart. It lives on. */
export interface Remembered {
  /** Where each partition's beginning stood when, by partition id. */
  readonly beginnings: ReadonlyMap<string, PositionRing>;
  /** A group's commits, by partition id; none where the group is not known. */
  commitsOf(store: string, consumerGroup: string): Iterable<readonly [partitionId: string, ring: CommitRing]>;
  /** What a group was seen to lose, by partition id. */
  lossesOf(store: string, consumerGroup: string): Iterable<readonly [partitionId: string, watch: LossWatch]>;
  /** Seconds between two renewals of a group's owners; null: none was observed. */
  renewalSecondsOf(store: string, consumerGroup: string): number | null;
  /** What else is known of a group; null where it is not known. A partition's entry is replaced, never changed. */
  usageOf(
    store: string,
    consumerGroup: string,
  ): Pick<RememberedGroup, "partitions" | "hadBlob" | "wasRead"> | null;
}

/** What the history holds of a hub. */
export interface RecalledHub {
  /** When its last recorded refresh was. Null: none is. */
  lastAt: EpochMs | null;
  /** Where each partition's end stood when. */
  positions: ReadonlyMap<string, PositionRing>;
  /** The same, further apart and further back. */
  pastPositions: ReadonlyMap<string, PositionRing>;
  beginnings: ReadonlyMap<string, PositionRing>;
  /** Groups that had no blob any more; absent: none. */
  gone?: readonly KeptGoneGroup[];
  /** Names in lower case. */
  groups: readonly ({
    store: string;
    consumerGroup: string;
    /** When it was last recorded, to within some minutes; absent or null: not known. */
    lastSeenAt?: EpochMs | null;
  } & RememberedGroup)[];
}
