import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { getJson } from "#lib/client/http/http.ts";
import { type GroupAddress, groupPath } from "#lib/client/http/queries.ts";

export function readEvent(
  address: GroupAddress,
  partitionId: string,
  sequenceNumber: number,
  signal: AbortSignal,
): Promise<ReadEvent> {
  const tail = `/partitions/${encodeURIComponent(partitionId)}/event`;
  return getJson(
    groupPath(address, tail, { sequenceNumber: String(sequenceNumber) }),
    async () => (await import("#lib/api/read-event.ts")).readEventSchema,
    signal,
  );
}

export interface ReadableEvent {
  which: "checkpoint" | "next";
  sequenceNumber: number;
  whyNot: string | null;
}

/** The events around a checkpoint worth a look. Empty without a position. */
export function eventsAround(partition: GroupPartition): ReadableEvent[] {
  const {
    checkpoint,
    beginningSequenceNumber: begin,
    lastEnqueuedSequenceNumber: last,
    lagState,
  } = partition;
  const position = checkpoint?.sequenceNumber ?? null;
  if (position === null || begin === null || last === null) return [];
  if (lagState === "unreadable" || lagState === "noCheckpoint" || lagState === "ahead") return [];
  const gone = position < begin || lagState === "empty";
  // A group set to the start has no event at its checkpoint, whatever the number.
  const isAtStart = checkpoint?.offset === "-1";
  const next = isAtStart ? begin : Math.max(position + 1, begin);
  return [
    ...(position < 0 || isAtStart
      ? []
      : [
          {
            which: "checkpoint" as const,
            sequenceNumber: position,
            whyNot: gone ? "It is not in the stream any more: retention has taken it." : null,
          },
        ]),
    {
      which: "next",
      sequenceNumber: next,
      whyNot: next > last || lagState === "empty" ? "It has not come yet: nothing waits to be read." : null,
    },
  ];
}

export function hexRows(hex: string): string {
  const rows: string[] = [];
  for (let start = 0; start < hex.length; start += 32) {
    const bytes = hex.slice(start, start + 32).match(/../g) ?? [];
    rows.push(`${(start / 2).toString(16).padStart(4, "0")}  ${bytes.join(" ")}`);
  }
  return rows.join("\n");
}

/** Why no event can be read. Null: try it; the server looks again. */
export function whyNoEvents(hasInspectionGroup: boolean, isOwned: boolean): string | null {
  return !hasInspectionGroup && isOwned
    ? "The group is owned, and a second reader could be in its way: create a consumer group for the dashboard alone and name it in the configuration (inspectionConsumerGroup)."
    : null;
}
