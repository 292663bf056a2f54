import type { RequestCounts } from "./counters.ts";
import { encodeRuntimeInfo } from "./event-encoding.ts";
import type { PartitionLog, StoredEvent } from "./partition-log.ts";
import type { Reader, ReaderSlots } from "./reader-slots.ts";
import {
  type AmqpError,
  closeWith,
  type Sender,
  sendingRoom,
  setAttach,
  settled,
  writeSoon,
} from "./rhea.ts";
import { resolveStart } from "./start-position.ts";

const ownerLevelProperty = "com.microsoft:epoch";
const runtimeInfoCapability = "com.microsoft:enable-receiver-runtime-metric";
const selectorFilter = "apache.org:selector-filter:string";

export class ReaderLink implements Reader {
  readonly ownerLevel: number | null;
  readonly #sender: Sender;
  readonly #log: PartitionLog;
  readonly #slots: ReaderSlots;
  readonly #counts: RequestCounts;
  readonly #tellsRuntimeInfo: boolean;
  #next = 0;
  #stopListening: (() => void) | null = null;
  /** False until our attach is written: a client may send credit with its own attach. */
  #isAttached = false;
  #mustDrain = false;

  constructor(sender: Sender, log: PartitionLog, slots: ReaderSlots, counts: RequestCounts) {
    this.#sender = sender;
    this.#log = log;
    this.#slots = slots;
    this.#counts = counts;
    this.ownerLevel = readLevel(sender.properties?.[ownerLevelProperty]);
    this.#tellsRuntimeInfo = [sender.desired_capabilities ?? []].flat().includes(runtimeInfoCapability);
    // Settled when sent: a client that never settles would fill the window of 2,048 and stall.
    setAttach(sender, { snd_settle_mode: settled });
  }

  open(): AmqpError | null {
    this.#log.expire(Date.now());
    const start = resolveStart(this.#log, readFilter(this.#sender));
    if (start.error) return start.error;
    const refusal = this.#slots.admit(this, Date.now());
    if (refusal) return refusal;
    this.#next = start.next;
    this.#counts.receiversAttached++;
    this.#stopListening = this.#log.onAppend(() => this.#pump());
    this.#sender.on("sendable", () => this.#pump());
    this.#sender.on("sender_draining", () => this.#drain());
    setImmediate(() => {
      this.#isAttached = true;
      if (this.#mustDrain) this.#drain();
      else this.#pump();
    });
    return null;
  }

  #drain(): void {
    this.#mustDrain = !this.#isAttached;
    if (this.#mustDrain || !this.#sender.is_open()) return;
    this.#pump();
    this.#sender.set_drained(true);
    writeSoon(this.#sender);
  }

  close(isClean = true): void {
    this.#stopListening?.();
    this.#stopListening = null;
    this.#slots.leave(this, isClean, Date.now());
  }

  detach(error: AmqpError): void {
    this.close();
    closeWith(this.#sender, error);
  }

  #pump(): void {
    if (!this.#stopListening || !this.#isAttached || !this.#sender.is_open()) return;
    this.#next = Math.max(this.#next, this.#log.beginning);
    for (let room = sendingRoom(this.#sender); room > 0; ) {
      const event = this.#log.at(this.#next);
      if (!event) return;
      this.#next++;
      if (event.isRemoved) continue;
      this.#sender.send(this.#encode(event), undefined, 0);
      this.#counts.eventsDelivered++;
      room--;
    }
  }

  #encode({ encoded, headerLength }: StoredEvent): Buffer {
    if (!this.#tellsRuntimeInfo) return encoded;
    const runtimeInfo = encodeRuntimeInfo(this.#log.last, Date.now());
    return Buffer.concat([encoded.subarray(0, headerLength), runtimeInfo, encoded.subarray(headerLength)]);
  }
}

/** A level past 2^53, such as a time in ticks, arrives as the long's bytes. */
function readLevel(value: unknown): number | null {
  if (Buffer.isBuffer(value)) return Number(value.readBigInt64BE());
  return typeof value === "number" ? value : null;
}

/** The selector's expression, which rhea leaves wrapped as a described value. */
function readFilter(sender: Sender): string | null {
  const filter: unknown = sender.source?.filter?.[selectorFilter];
  if (typeof filter === "string") return filter;
  const wrapped = (filter as { value?: unknown } | null | undefined)?.value;
  return typeof wrapped === "string" ? wrapped : null;
}
