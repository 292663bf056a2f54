import type { ActivityEntry } from "../activity.ts";
import type { Engine } from "../storage/engine.ts";
import { type ForgetGroupMoves, forgetGroupMoves } from "./forget.ts";
import type { GroupMoveEntryRecord, GroupMoveHead, GroupMoveRecord } from "./group-move-record.ts";
import {
  askGroupMoveToStop,
  type BeginGroupMove,
  beginGroupMove,
  type GroupMoveStep,
  insertGroupMove,
  noteEntry,
  selectGroupMove,
  selectHeads,
  stepOn,
  takeOverGroupMove,
  touch,
} from "./steps.ts";

/**
 * Stores moves of several groups, step by step. Every method throws AppError `historyUnavailable` when the
 * database can't be reached. False: `instance` no longer runs the move, nothing was stored, and it must stop.
 */
export class GroupMoveRecords {
  readonly #use: <T>(work: (engine: Engine) => Promise<T>) => Promise<T>;

  constructor(use: <T>(work: (engine: Engine) => Promise<T>) => Promise<T>) {
    this.#use = use;
  }

  create(record: GroupMoveRecord): Promise<void> {
    return this.#use((engine) => insertGroupMove(engine, record));
  }

  forget(before: ForgetGroupMoves): Promise<void> {
    return this.#use((engine) => forgetGroupMoves(engine, before));
  }

  groupMove(id: string): Promise<GroupMoveRecord | null> {
    return this.#use((engine) => selectGroupMove(engine, id));
  }

  recent(limit: number): Promise<GroupMoveHead[]> {
    return this.#use((engine) => selectHeads(engine, (heads) => heads.limit(limit)));
  }

  active(): Promise<GroupMoveHead[]> {
    return this.#use((engine) =>
      selectHeads(engine, (heads) => heads.where("state", "in", ["planning", "running"])),
    );
  }

  note(id: string, instance: string, ordinal: number, entry: GroupMoveEntryRecord): Promise<boolean> {
    return this.#use((engine) => noteEntry(engine, id, instance, ordinal, entry));
  }

  stepOn(id: string, instance: string, step: GroupMoveStep): Promise<boolean> {
    return this.#use((engine) => stepOn(engine, id, instance, step));
  }

  begin(id: string, begin: BeginGroupMove): Promise<boolean> {
    return this.#use((engine) => beginGroupMove(engine, id, begin));
  }

  askToStop(
    id: string,
    asked: NonNullable<GroupMoveHead["stopAsked"]>,
    activity: ActivityEntry,
  ): Promise<boolean> {
    return this.#use((engine) => askGroupMoveToStop(engine, id, asked, activity));
  }

  heartbeat(id: string, instance: string): Promise<boolean> {
    return this.#use((engine) => touch(engine.db, id, instance, {}));
  }

  takeOver(id: string, from: Pick<GroupMoveHead, "instance" | "heartbeat">, to: string): Promise<boolean> {
    return this.#use((engine) => takeOverGroupMove(engine, id, from, to));
  }
}
