import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { getJson } from "#lib/client/http/http.ts";
import { type GroupAddress, groupPath } from "#lib/client/http/queries.ts";

/** Reads one event from the stream. It goes into no cache. @throws ClientError */
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
  /** Why it can't be read; null: it can. */
  whyNot: string | null;
}

/** The events around a partition's checkpoint that are worth a look; none where it has no position. */
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
  // One that was put to the start names no event, whatever number stands there.
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

/** Bytes in rows of 16, each with its place, as hex viewers show them. */
export function hexRows(hex: string): string {
  const rows: string[] = [];
  for (let start = 0; start < hex.length; start += 32) {
    const bytes = hex.slice(start, start + 32).match(/../g) ?? [];
    rows.push(`${(start / 2).toString(16).padStart(4, "0")}  ${bytes.join(" ")}`);
  }
  return rows.join("\n");
}

/** Why no event of a group can be read; null: it can be tried. The server looks again, and closer. */
export function whyNoEvents(hasInspectionGroup: boolean, isOwned: boolean): string | null {
  return !hasInspectionGroup && isOwned
    ? "The group is owned, and a second reader could be in its way: create a consumer group for the dashboard alone and name it in the configuration (inspectionConsumerGroup)."
    : null;
}
