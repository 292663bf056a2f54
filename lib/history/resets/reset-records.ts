import type { EpochMs } from "#lib/core/time.ts";
import type { ActivityEntry } from "../activity.ts";
import type { Engine } from "../storage/engine.ts";
import { type BeginReset, type Begun, beginReset } from "./begin-reset.ts";
import {
  type Amendment,
  amendReset,
  beatReset,
  type EntryChange,
  endReset,
  noteEntries,
  type ResetEnd,
  takeOverReset,
} from "./note-reset.ts";
import type { OwnedPlan, SavedPlan } from "./plan-record.ts";
import { deleteOldPlans, insertPlan, selectPlan } from "./plans.ts";
import { selectHeads, selectReset } from "./read-resets.ts";
import type {
  BeforeImage,
  EntryRecord,
  LiveRecord,
  ResetHead,
  ResetRecord,
  StopAsked,
} from "./reset-record.ts";
import { askToStop } from "./stop-reset.ts";

/** A group in a store of a hub. */
export interface ResetSubject {
  /** `namespace/event hub`, lower case. */
  address: string;
  store: string;
  /** Without case. */
  group: string;
}

/**
 * Plans, and resets step by step. Every method throws AppError `historyUnavailable` where the database can't be
 * reached; after that it is not known whether the step was stored.
 */
export class ResetRecords {
  readonly #use: <T>(work: (engine: Engine) => Promise<T>) => Promise<T>;

  constructor(use: <T>(work: (engine: Engine) => Promise<T>) => Promise<T>) {
    this.#use = use;
  }

  /** Keeps a plan until it expires, and (to tell what became of it) an hour more. Drops older ones. */
  savePlan(record: OwnedPlan, expiresAt: EpochMs, now: EpochMs): Promise<void> {
    return this.#use(async (engine) => {
      await deleteOldPlans(engine, now);
      await insertPlan(engine, record, expiresAt);
    });
  }

  /** Also one that has expired or was applied, for an hour. Null: there is none. */
  plan(id: string): Promise<SavedPlan | null> {
    return this.#use((engine) => selectPlan(engine, id));
  }

  /**
   * Uses up a plan (it is applied once), takes its group's lock and stores the reset with one pending entry for
   * each planned write, and a skipped one for each partition that the plan blocked: all of it or nothing.
   */
  begin(begin: BeginReset): Promise<Begun> {
    return this.#use((engine) => beginReset(engine, begin));
  }

  /**
   * To be called before a partition's blob is written: what will be replaced (null: there is no blob).
   * False, here and below: `instance` runs this reset no longer, nothing was stored, and it has to stop.
   */
  noteWriting(
    id: string,
    instance: string,
    writing: readonly (Pick<EntryChange, "partitionId" | "lastOwnerId"> & { before: BeforeImage | null })[],
  ): Promise<boolean> {
    return this.note(
      id,
      instance,
      writing.map((each) => ({ ...each, result: "writing" as const })),
    );
  }

  /** What came of partitions. */
  noteResult(
    id: string,
    instance: string,
    results: readonly (Pick<EntryRecord, "partitionId" | "result" | "after" | "reason"> &
      Pick<EntryChange, "lastOwnerId">)[],
  ): Promise<boolean> {
    return this.note(id, instance, results);
  }

  /** The step that a live reset of a partition is about to take; to be stored before it is taken. */
  noteLive(id: string, instance: string, partitionId: string, live: LiveRecord): Promise<boolean> {
    return this.note(id, instance, [{ partitionId, live }]);
  }

  /** Any steps of partitions, in one commit. */
  note(id: string, instance: string, changes: readonly EntryChange[]): Promise<boolean> {
    return this.#use((engine) => noteEntries(engine, id, instance, changes));
  }

  /** Ends a reset and frees the group's lock. */
  end(id: string, instance: string, end: ResetEnd): Promise<boolean> {
    return this.#use((engine) => endReset(engine, id, instance, end));
  }

  /** Asks whoever runs it to end it; the activity entry is stored with that. Null: it runs no longer. */
  askToStop(
    id: string,
    asked: StopAsked,
    activity: (reset: ResetRecord) => ActivityEntry,
  ): Promise<ResetRecord | null> {
    return this.#use((engine) => askToStop(engine, id, asked, activity));
  }

  /** To be called each second or so by who runs it, unless something was noted meanwhile. */
  heartbeat(id: string, instance: string): Promise<boolean> {
    return this.#use((engine) => beatReset(engine, id, instance));
  }

  /** True: `to` runs it from now on; whoever ran it is refused every further step. */
  takeOver(id: string, from: Pick<ResetHead, "instance" | "heartbeat">, to: string): Promise<boolean> {
    return this.#use((engine) => takeOverReset(engine, id, from, to));
  }

  /** Changes results of a reset that has ended, each only from what it is thought to be; answers those changed. */
  amend(
    id: string,
    amendments: readonly Amendment[],
    activity?: (reset: ResetRecord, partitionIds: readonly string[]) => ActivityEntry[],
  ): Promise<string[]> {
    return this.#use((engine) => amendReset(engine, id, amendments, activity));
  }

  reset(id: string): Promise<ResetRecord | null> {
    return this.#use((engine) => selectReset(engine, id));
  }

  /** Newest first. */
  resets({ address, store, group }: ResetSubject, limit: number): Promise<ResetHead[]> {
    return this.#use((engine) =>
      selectHeads(engine, (rows) =>
        rows
          .where("address", "=", address)
          .where("store", "=", store)
          .where("consumer_group", "=", group.toLowerCase())
          .limit(limit),
      ),
    );
  }

  /** Moves to a group in a store that have ended, newest first. */
  moves({ address, store, group }: ResetSubject, limit: number): Promise<ResetHead[]> {
    return this.#use((engine) =>
      selectHeads(engine, (rows) =>
        rows
          .where("address", "=", address)
          .where("store", "=", store)
          .where("consumer_group", "=", group.toLowerCase())
          .where("state", "!=", "running")
          .where("details", "like", '%"kind":"move"%')
          .limit(limit),
      ),
    );
  }

  /** Those that run, whoever runs them. */
  running(): Promise<ResetHead[]> {
    return this.#use((engine) => selectHeads(engine, (rows) => rows.where("state", "=", "running")));
  }

  /** Those that have ended and are watched still. */
  watched(now: EpochMs): Promise<ResetHead[]> {
    return this.#use((engine) =>
      selectHeads(engine, (rows) => rows.where("watched_until", ">", now).where("state", "!=", "running")),
    );
  }
}
