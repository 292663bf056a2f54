import { sql } from "kysely";
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
import { type Heads, selectHeads, selectReset } from "./read-resets.ts";
import type { ResetHead, ResetRecord, StopAsked } from "./reset-record.ts";
import { askToStop } from "./stop-reset.ts";

export interface ResetSubject {
  address: string;
  store: string;
  group: string;
}

/**
 * Stores plans and resets, step by step. Every method throws AppError `historyUnavailable` when the database
 * can't be reached; nobody knows then if the step was stored.
 */
export class ResetRecords {
  readonly #use: <T>(work: (engine: Engine) => Promise<T>) => Promise<T>;

  constructor(use: <T>(work: (engine: Engine) => Promise<T>) => Promise<T>) {
    this.#use = use;
  }

  savePlan(record: OwnedPlan, expiresAt: EpochMs, now: EpochMs): Promise<void> {
    return this.#use(async (engine) => {
      await deleteOldPlans(engine, now);
      await insertPlan(engine, record, expiresAt);
    });
  }

  plan(id: string): Promise<SavedPlan | null> {
    return this.#use((engine) => selectPlan(engine, id));
  }

  /**
   * Uses up a plan (it applies once), locks its group and stores the reset, all or nothing: a pending entry
   * for each planned write, a skipped one for each blocked partition.
   */
  begin(begin: BeginReset): Promise<Begun> {
    return this.#use((engine) => beginReset(engine, begin));
  }

  /**
   * Stores steps of partitions in one commit. False, here and below: `instance` no longer runs this reset,
   * nothing was stored, and it must stop.
   */
  note(id: string, instance: string, changes: readonly EntryChange[]): Promise<boolean> {
    return this.#use((engine) => noteEntries(engine, id, instance, changes));
  }

  end(id: string, instance: string, end: ResetEnd): Promise<boolean> {
    return this.#use((engine) => endReset(engine, id, instance, end));
  }

  askToStop(
    id: string,
    asked: StopAsked,
    activity: (reset: ResetRecord) => ActivityEntry,
  ): Promise<ResetRecord | null> {
    return this.#use((engine) => askToStop(engine, id, asked, activity));
  }

  /** The runner calls this each second or so, unless it stored something meanwhile. */
  heartbeat(id: string, instance: string): Promise<boolean> {
    return this.#use((engine) => beatReset(engine, id, instance));
  }

  /**
   * True: `to` runs it now, and any further step of the old runner is refused. False: the runner seen is
   * alive after all, or somebody else was quicker.
   */
  takeOver(id: string, from: Pick<ResetHead, "instance" | "heartbeat">, to: string): Promise<boolean> {
    return this.#use((engine) => takeOverReset(engine, id, from, to));
  }

  /** Changes results of an ended reset, each only from its expected value. Returns the changed partitions. */
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

  resets(subject: ResetSubject, limit: number): Promise<ResetHead[]> {
    return this.#use((engine) => selectHeads(engine, (rows) => ofSubject(rows, subject).limit(limit)));
  }

  moves(subject: ResetSubject, limit: number): Promise<ResetHead[]> {
    return this.#ended(subject, '%"kind":"move"%', limit);
  }

  /** Moves of one store's checkpoints within that store, of all groups of a hub. */
  movesWithinStores(address: string, limit: number): Promise<ResetHead[]> {
    return this.#use((engine) =>
      selectHeads(engine, (rows) =>
        rows
          .where("address", "=", address)
          .where("state", "!=", "running")
          .where("details", "like", '%"kind":"move"%')
          .where(sql<boolean>`details like '%"store":"' || store || '"%'`)
          .limit(limit),
      ),
    );
  }

  undos(subject: ResetSubject, limit: number): Promise<ResetHead[]> {
    return this.#ended(subject, '%"kind":"undo"%', limit);
  }

  #ended(subject: ResetSubject, details: string, limit: number): Promise<ResetHead[]> {
    return this.#use((engine) =>
      selectHeads(engine, (rows) =>
        ofSubject(rows, subject)
          .where("state", "!=", "running")
          .where("details", "like", details)
          .limit(limit),
      ),
    );
  }

  running(): Promise<ResetHead[]> {
    return this.#use((engine) => selectHeads(engine, (rows) => rows.where("state", "=", "running")));
  }

  watched(now: EpochMs): Promise<ResetHead[]> {
    return this.#use((engine) =>
      selectHeads(engine, (rows) => rows.where("watched_until", ">", now).where("state", "!=", "running")),
    );
  }
}

function ofSubject(rows: Heads, { address, store, group }: ResetSubject): Heads {
  return rows
    .where("address", "=", address)
    .where("store", "=", store)
    .where("consumer_group", "=", group.toLowerCase());
}
