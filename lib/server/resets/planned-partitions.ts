import type { MadePlanEntry } from "#lib/history/resets/plan-record.ts";
import type { ResetRecords } from "#lib/history/resets/reset-records.ts";

export type PlannedPartitions = ReadonlyMap<
  string,
  Pick<MadePlanEntry, "current" | "holds" | "replays" | "skips" | "processedSince">
>;

const mostKept = 16;

/**
 * Caches resets' plans, which never change. `of` never rejects: an unreadable plan counts as empty, and is
 * read again next time.
 */
export class PlannedPartitionsAtHand {
  readonly #records: Pick<ResetRecords, "plan">;
  readonly #kept = new Map<string, Promise<PlannedPartitions>>();

  constructor(records: Pick<ResetRecords, "plan">) {
    this.#records = records;
  }

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
        saved?.plan.entries.map(({ partitionId, current, holds, replays, skips, processedSince }) => [
          partitionId,
          { current, holds, replays, skips, processedSince },
        ]),
      );
    } catch {
      this.#kept.delete(planId);
      return new Map();
    }
  }
}
