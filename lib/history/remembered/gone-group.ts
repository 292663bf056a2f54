import type { CheckpointFormat } from "#lib/core/stored-blobs.ts";
import type { EpochMs } from "#lib/core/time.ts";

export interface GoneGroup {
  store: string;
  name: string;
  formats: readonly CheckpointFormat[];
  /** When its blobs were first missed, by this machine's clock. */
  since: EpochMs;
  lastCheckpointAt: EpochMs | null;
}

export type KeptGoneGroup = GoneGroup & { isDismissed: boolean };
