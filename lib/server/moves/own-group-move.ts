import { AppError } from "#lib/core/app-error.ts";
import { pause } from "#lib/core/pause.ts";
import type {
  GroupMoveEntryRecord,
  GroupMoveHead,
  GroupMoveRecord,
} from "#lib/history/group-moves/group-move-record.ts";
import type { GroupMoveRecords } from "#lib/history/group-moves/group-move-records.ts";
import type { GroupMoveStep } from "#lib/history/group-moves/steps.ts";

const beatMs = 1_000;
const retryMs = 1_000;

export class GroupMoveLost extends Error {
  constructor() {
    super("The move of several groups is not run here any more.");
    this.name = "GroupMoveLost";
  }
}

type Records = Pick<GroupMoveRecords, "note" | "heartbeat" | "stepOn">;

export class OwnGroupMove {
  readonly #records: Records;
  readonly #instance: string;
  readonly #head: GroupMoveHead;
  readonly #entries: GroupMoveEntryRecord[];
  readonly #lost = new AbortController();
  readonly #wish = new AbortController();
  readonly #ended: AbortSignal;
  #stopAsked: GroupMoveHead["stopAsked"];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    { records, instance }: { records: Records; instance: string },
    { entries, ...head }: GroupMoveRecord,
    stopping: AbortSignal,
  ) {
    this.#records = records;
    this.#instance = instance;
    this.#head = head;
    this.#entries = [...entries];
    this.#stopAsked = null;
    this.#ended = AbortSignal.any([stopping, this.#lost.signal]);
    this.hear(head);
  }

  get record(): GroupMoveRecord {
    return { ...this.#head, stopAsked: this.#stopAsked, entries: [...this.#entries] };
  }

  /** Aborts when nothing more may be done here; `noMore` also when somebody asks to stop the move. */
  get ended(): AbortSignal {
    return this.#ended;
  }

  get noMore(): AbortSignal {
    return AbortSignal.any([this.#ended, this.#wish.signal]);
  }

  get stopAsked(): GroupMoveHead["stopAsked"] {
    return this.#stopAsked;
  }

  hear({ stopAsked }: Pick<GroupMoveHead, "stopAsked">): void {
    if (stopAsked === null || this.#stopAsked !== null) return;
    this.#stopAsked = stopAsked;
    this.#wish.abort();
  }

  entry(ordinal: number): GroupMoveEntryRecord {
    const entry = this.#entries[ordinal];
    if (entry === undefined) throw new Error(`The move has no group ${ordinal}.`);
    return entry;
  }

  ordinals(isWanted: (entry: GroupMoveEntryRecord) => boolean): number[] {
    return this.#entries.flatMap((entry, ordinal) => (isWanted(entry) ? [ordinal] : []));
  }

  start(): void {
    this.#timer = setInterval(() => void this.#beat(), beatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Stores what became of a group, as soon as the database can. @throws GroupMoveLost */
  async note(ordinal: number, change: Partial<GroupMoveEntryRecord>): Promise<GroupMoveEntryRecord> {
    const entry = { ...this.entry(ordinal), ...change };
    await this.#kept(() => this.#records.note(this.#head.id, this.#instance, ordinal, entry));
    this.#entries[ordinal] = entry;
    return entry;
  }

  async stepOn(step: GroupMoveStep): Promise<void> {
    await this.#kept(() => this.#records.stepOn(this.#head.id, this.#instance, step));
  }

  /** Retries a step until the history can be reached. @throws GroupMoveLost */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#ended.aborted) throw new GroupMoveLost();
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "historyUnavailable") throw error;
        await pause(retryMs, this.#ended);
      }
    }
  }

  async #kept(store: () => Promise<boolean>): Promise<void> {
    if (await this.patiently(store)) return;
    this.#lost.abort();
    throw new GroupMoveLost();
  }

  async #beat(): Promise<void> {
    const isOurs = await this.#records.heartbeat(this.#head.id, this.#instance).catch(() => true);
    if (!isOurs) this.#lost.abort();
  }
}
