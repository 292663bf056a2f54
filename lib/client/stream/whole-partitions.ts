import type { SnapshotEvent } from "#lib/api/stream.ts";

type Partitions = NonNullable<SnapshotEvent["partitions"]>;

/**
 * Completes the snapshots of one stream that hold only the changed partitions. Null: the snapshot before is
 * missing.
 */
export class WholePartitions {
  readonly #last = new Map<string, { id: string; partitions: Partitions }>();

  take(event: SnapshotEvent): SnapshotEvent | null {
    const { hub, id, full, after, removed = [], partitions } = event;
    if (id === undefined) return event;
    const last = this.#last.get(hub);
    if (full !== false) {
      this.#last.set(hub, { id, partitions: partitions ?? [] });
      return event;
    }
    if (last === undefined || last.id !== after) return null;
    const changed = new Map((partitions ?? []).map((one) => [one.partitionId, one]));
    const gone = new Set(removed);
    const kept = last.partitions.filter(({ partitionId }) => !gone.has(partitionId));
    const known = new Set(kept.map(({ partitionId }) => partitionId));
    const whole = [
      ...kept.map((one) => changed.get(one.partitionId) ?? one),
      ...[...changed.values()].filter(({ partitionId }) => !known.has(partitionId)),
    ];
    this.#last.set(hub, { id, partitions: whole });
    return { ...event, partitions: whole };
  }
}
