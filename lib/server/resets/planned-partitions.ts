import type { StandingCheckpoint } from "#lib/api/resets.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";

/** What a plan said of a partition that its reset's record does not repeat. */
export interface PlannedPartition {
  /** The checkpoint at the review; null: there was none. */
  current: StandingCheckpoint | null;
  /** Live: how long the hold was expected to be; null: nobody is held off. */
  holdSeconds: number | null;
}

/** By partition id; empty where the plan is not known any more. */
export type PlannedPartitions = ReadonlyMap<string, PlannedPartition>;

const mostKept = 16;

/** Reads the plans of resets, which never change, once for all the steps of a reset that are told. */
export class PlannedPartitionsAtHand {
  readonly #records: Pick<ResetRecords, "plan">;
  readonly #kept = new Map<string, Promise<PlannedPartitions>>();

  constructor(records: Pick<ResetRecords, "plan">) {
    this.#records = records;
  }

  /** Never rejects: what can't be read now is not known now. */
  of(planId: string): Promise<PlannedPartitions> {
    const kept = this.#kept.get(planId) ?? this.#read(planId);
    this.#kept.delete(planId);
    this.#kept.set(planId, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  async #read(planId: string): Promise<PlannedPartitions> {
    try {
      const saved = await this.#records.plan(planId);
      return new Map(
        saved?.plan.entries.map(({ partitionId, current, holds }) => [
          partitionId,
          { current, holdSeconds: holds?.seconds ?? null },
        ]),
      );
    } catch {
      this.#kept.delete(planId);
      return new Map();
    }
  }
}
