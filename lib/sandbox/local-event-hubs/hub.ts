import type { SentBatch } from "./event-encoding.ts";
import { type LocalEventHubOptions, retentionOf } from "./options.ts";
import { partitionOfKey } from "./partition-key.ts";
import { PartitionLog } from "./partition-log.ts";
import { ReaderSlots, type SlotFaults } from "./reader-slots.ts";

export class LocalHub {
  readonly name: string;
  readonly createdAt: number;
  readonly isGeoReplicated: boolean;
  readonly partitions: readonly PartitionLog[];
  readonly #groups: ReadonlySet<string>;
  readonly #slots = new Map<string, ReaderSlots>();
  readonly #faults: SlotFaults;
  #nextPartition = 0;

  constructor(options: LocalEventHubOptions, now: number, faults: SlotFaults) {
    this.#faults = faults;
    this.name = options.name;
    this.createdAt = options.createdAt ?? now;
    this.isGeoReplicated = options.isGeoReplicated ?? false;
    this.partitions = Array.from(
      { length: options.partitionCount },
      (_, index) =>
        new PartitionLog(String(index), {
          retention: retentionOf(options),
          firstSequenceNumber: options.firstSequenceNumber ?? 0,
          createdAt: this.createdAt,
          isGeoReplicated: this.isGeoReplicated,
        }),
    );
    this.#groups = new Set(["$Default", ...(options.consumerGroups ?? [])].map((name) => name.toLowerCase()));
  }

  partition(partitionId: string): PartitionLog | undefined {
    return /^(0|[1-9]\d*)$/.test(partitionId) ? this.partitions[Number(partitionId)] : undefined;
  }

  hasGroup(name: string): boolean {
    return this.#groups.has(name.toLowerCase());
  }

  slots(group: string, partitionId: string): ReaderSlots {
    const key = `${group.toLowerCase()}/${partitionId}`;
    const slots = this.#slots.get(key) ?? new ReaderSlots(this.#faults);
    this.#slots.set(key, slots);
    return slots;
  }

  append(batch: SentBatch, now: number): void {
    const index =
      batch.partitionKey === null
        ? this.#nextPartition++ % this.partitions.length
        : partitionOfKey(batch.partitionKey, this.partitions.length);
    this.partitions[index]?.append(batch.events, now);
  }

  expire(now: number): void {
    for (const partition of this.partitions) partition.expire(now);
  }
}
