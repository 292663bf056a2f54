import type { ResetRecord } from "#lib/history/resets/reset-record.ts";

/** A reset is read and told at most this often, less often with many partitions. */
const shortestMs = 250;
const perEntryMs = 1;
const retryMs = 2_000;

interface Subject {
  told: number;
  timer: NodeJS.Timeout | undefined;
  isReading: boolean;
  isDirty: boolean;
}

/**
 * Tells listeners about resets, whoever runs them. Any change triggers a read of the record, and the record
 * is what is told. Quick changes are told together.
 */
export class ResetNews {
  readonly #read: (id: string) => Promise<ResetRecord | null>;
  readonly #tell: (record: ResetRecord) => void;
  readonly #subjects = new Map<string, Subject>();
  #isStopped = false;

  constructor(read: (id: string) => Promise<ResetRecord | null>, tell: (record: ResetRecord) => void) {
    this.#read = read;
    this.#tell = tell;
  }

  changed(id: string): void {
    if (this.#isStopped) return;
    const subject = this.#subjects.get(id) ?? {
      told: -1,
      timer: undefined,
      isReading: false,
      isDirty: false,
    };
    this.#subjects.set(id, subject);
    subject.isDirty = true;
    if (!subject.isReading && subject.timer === undefined) void this.#turn(id, subject);
  }

  stop(): void {
    this.#isStopped = true;
    for (const { timer } of this.#subjects.values()) clearTimeout(timer);
    this.#subjects.clear();
  }

  async #turn(id: string, subject: Subject): Promise<void> {
    subject.isReading = true;
    subject.isDirty = false;
    const record = await this.#read(id).catch(() => undefined);
    subject.isReading = false;
    if (this.#isStopped) return;
    if (record != null && record.revision > subject.told) {
      subject.told = record.revision;
      this.#tell(record);
    }
    if (record === undefined) subject.isDirty = true;
    else if (record?.state !== "running" && !subject.isDirty) {
      this.#subjects.delete(id);
      return;
    }
    const restMs = record == null ? retryMs : Math.max(shortestMs, perEntryMs * record.entries.length);
    subject.timer = setTimeout(() => {
      subject.timer = undefined;
      if (subject.isDirty) void this.#turn(id, subject);
    }, restMs).unref();
  }
}
