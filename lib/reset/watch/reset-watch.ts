import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { isSameName } from "#lib/core/name-pattern.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { Amendment } from "#lib/history/resets/note-reset.ts";
import type { EntryRecord, ResetRecord } from "#lib/history/resets/reset-record.ts";
import { judgeCheckpoint, type ObservedPartition } from "./judge-checkpoint.ts";

/** A group as a refresh showed it. */
export interface ObservedGroup {
  /** The hub's id. */
  hub: string;
  store: string;
  name: string;
  listedAt: EpochMs;
  partitions: readonly GroupPartition[];
}

interface Watched {
  reset: ResetRecord;
  until: EpochMs;
  /** Those that are watched still, by partition. */
  entries: Map<string, EntryRecord>;
  /** Partitions on which a processor was seen to go on from the target. */
  progressed: Set<string>;
}

/** Watches resets that have ended for being written over, through the refreshes that are made anyhow. */
export class ResetWatch {
  readonly #watched = new Map<string, Watched>();

  /** Watches a reset as it is recorded now, or goes on watching it; one that runs or is over is let go. */
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

  /** What a refresh of a group shows of its resets: results that are to be changed, by the reset's id. */
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

/** Those that were written, and those of which a late write may still arrive. */
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
  const seen = seenPartition(partition, listedAt);
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
      return [{ ...change, to: "overwritten", reason: judged.reason }];
    case "open":
      // Of those it is told already.
      return entry.result === "unknown" ? [] : [{ ...change, to: "unknown", reason: judged.reason }];
    case "arrived": {
      const { sequenceNumber, offset } = entry.write;
      const updatedAt = seen.checkpoint?.updatedAt ?? 0;
      // The refresh does not know its etag, and nothing asks for it any more.
      const after = { etag: "", updatedAt, sequenceNumber, offset };
      return [{ ...change, to: "written", after, reason: reason("arrivedLate") }];
    }
  }
}

function seenPartition({ checkpoint, owner }: GroupPartition, listedAt: EpochMs): ObservedPartition {
  return {
    listedAt,
    checkpoint: checkpoint === null ? null : { ...checkpoint, updatedAt: Date.parse(checkpoint.updatedAt) },
    owner: owner === null ? null : { ...owner, lastRenewedAt: Date.parse(owner.lastRenewedAt) },
  };
}
