import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Amendment } from "#lib/history/resets/note-reset.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { judgeCheckpoint, type WatchedPartition } from "./judge-checkpoint.ts";

export interface ObservedGroup {
  hub: string;
  store: string;
  name: string;
  listedAt: EpochMs;
  partitions: readonly GroupPartition[];
}

interface Watched {
  reset: ResetRecord;
  until: EpochMs;
  entries: Map<string, EntryRecord>;
  /** Partitions on which a processor was seen to go on from the target. */
  progressed: Set<string>;
}

/** Watches ended resets for overwrites, using the refreshes that happen anyway. */
export class ResetWatch {
  readonly #watched = new Map<string, Watched>();

  /** Starts or continues to watch a reset. Drops one that runs, or is over. */
  watch(reset: ResetRecord, now: EpochMs): void {
    const { id, state, watchedUntil } = reset;
    if (state === "running" || watchedUntil === null || watchedUntil <= now) {
      this.#watched.delete(id);
      return;
    }
    const entries = new Map(
      reset.entries.filter(isWatchable).map((entry) => [entry.partitionId, entry] as const),
    );
    const progressed = this.#watched.get(id)?.progressed ?? new Set<string>();
    this.#watched.set(id, { reset, until: watchedUntil, entries, progressed });
  }

  has(resetId: string): boolean {
    return this.#watched.has(resetId);
  }

  observe(group: ObservedGroup, now: EpochMs): Map<string, Amendment[]> {
    const found = new Map<string, Amendment[]>();
    for (const [id, watched] of this.#watched) {
      const { reset } = watched;
      if (watched.until <= now) this.#watched.delete(id);
      else if (
        reset.hub === group.hub &&
        reset.store === group.store &&
        isSameName(reset.group, group.name)
      ) {
        const amendments = group.partitions.flatMap((partition) => amend(watched, partition, group.listedAt));
        if (amendments.length > 0) found.set(id, amendments);
      }
    }
    return found;
  }
}

/** True for a written entry, and for one with a write that may still arrive. */
function isWatchable({ result, write }: EntryRecord): boolean {
  return (
    write !== null &&
    (result === "written" || result === "failed" || result === "skipped" || result === "unknown")
  );
}

function amend(watched: Watched, partition: GroupPartition, listedAt: EpochMs): Amendment[] {
  const { partitionId } = partition;
  const entry = watched.entries.get(partitionId);
  if (entry?.write == null || entry.result === "writing") return [];
  const seen = watchedPartition(partition, listedAt);
  const judged = judgeCheckpoint(watched.reset.id, entry, seen, watched.progressed.has(partitionId));
  const change = { partitionId, from: entry.result };
  switch (judged.verdict) {
    case "stands":
      return [];
    case "progress":
      watched.progressed.add(partitionId);
      return [];
    case "over":
      watched.entries.delete(partitionId);
      return [];
    case "overwritten":
      return [{ ...change, result: "overwritten", reason: judged.reason }];
    case "open":
      // The unknown ones are reported already.
      return entry.result === "unknown" ? [] : [{ ...change, result: "unknown", reason: judged.reason }];
    case "arrived": {
      const { sequenceNumber, offset } = entry.write;
      const updatedAt = seen.checkpoint?.updatedAt ?? 0;
      // The refresh does not know its etag, and nothing asks for it any more.
      const after = { etag: "", updatedAt, sequenceNumber, offset };
      return [{ ...change, result: "written", after, reason: reason("arrivedLate") }];
    }
  }
}

function watchedPartition({ checkpoint, owner }: GroupPartition, listedAt: EpochMs): WatchedPartition {
  return {
    listedAt,
    checkpoint: checkpoint === null ? null : { ...checkpoint, updatedAt: Date.parse(checkpoint.updatedAt) },
    owner: owner === null ? null : { ...owner, lastRenewedAt: Date.parse(owner.lastRenewedAt) },
  };
}
