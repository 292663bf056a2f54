import type { GroupPartition } from "#lib/api/consumer-group.ts";
import { reason, without } from "#lib/api/reasons/reason.ts";
import { isNotResumed } from "#lib/api/reasons/resets/not-resumed.ts";
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
    const wanted = state === "running" ? [] : reset.entries.filter((entry) => isWatched(reset, entry, now));
    if (watchedUntil === null || wanted.length === 0) {
      this.#watched.delete(id);
      return;
    }
    const entries = new Map(wanted.map((entry) => [entry.partitionId, entry] as const));
    const progressed = this.#watched.get(id)?.progressed ?? new Set<string>();
    this.#watched.set(id, { reset, until: watchedUntil, entries, progressed });
  }

  has(resetId: string): boolean {
    return this.#watched.has(resetId);
  }

  observe(group: ObservedGroup, now: EpochMs): Map<string, Amendment[]> {
    const found = new Map<string, Amendment[]>();
    for (const [id, { reset, until, entries }] of this.#watched) {
      if (until <= now) this.watch({ ...reset, entries: [...entries.values()] }, now);
      const watched = this.#watched.get(id);
      if (
        watched !== undefined &&
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

/** A group may checkpoint hours apart. */
export const resumeWatchedMs = 24 * 60 * 60_000;

/** One that was not seen to resume is watched for longer: nothing else says that it has. */
function isWatched(
  { watchedUntil }: Pick<ResetRecord, "watchedUntil">,
  entry: EntryRecord,
  now: EpochMs,
): boolean {
  if (watchedUntil === null || !isWatchable(entry)) return false;
  return now < watchedUntil + (isNotResumed(entry) ? resumeWatchedMs : 0);
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
      return isNotResumed(entry) ? [{ ...change, ...resumed(entry, seen) }] : withoutLevel(entry);
    case "over":
      if (!isNotResumed(entry)) {
        watched.entries.delete(partitionId);
        return [];
      }
      // It is told again until it is stored. Whoever resumes now does so from what the other reset wrote.
      return [{ ...change, result: entry.result, reason: reason("writtenByLaterReset") }];
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

/** Nobody is refused who goes on. */
function withoutLevel({ partitionId, result, reason: why }: EntryRecord): Amendment[] {
  const rest = without(why, "levelLeft");
  return rest === why || result === "writing" ? [] : [{ partitionId, from: result, result, reason: rest }];
}

function resumed({ result, live, write }: EntryRecord, { owner }: WatchedPartition) {
  const resumedBy = owner?.state === "active" ? owner.ownerId : null;
  const resumedAt = write === null ? null : write.sequenceNumber + 1;
  if (live === null) return { result, reason: null };
  const progress = { ...live.progress, resumedAt, resumedBy };
  return { result, reason: null, live: { progress, data: { ...live.data, resumedBy } } };
}

function watchedPartition({ checkpoint, owner }: GroupPartition, listedAt: EpochMs): WatchedPartition {
  return {
    listedAt,
    checkpoint: checkpoint === null ? null : { ...checkpoint, updatedAt: Date.parse(checkpoint.updatedAt) },
    owner: owner === null ? null : { ...owner, lastRenewedAt: Date.parse(owner.lastRenewedAt) },
  };
}
