import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { EventFile, ReadEvent } from "#lib/api/read-event.ts";
import { download } from "#lib/client/format/csv.ts";
import { getJson } from "#lib/client/http/get-json.ts";
import { groupPath } from "#lib/client/http/queries.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";

export function readEvent(
  address: GroupAddress,
  partitionId: string,
  sequenceNumber: number,
  signal: AbortSignal,
): Promise<ReadEvent> {
  return getJson(
    eventPath(address, partitionId, "event", { sequenceNumber: String(sequenceNumber) }),
    async () => (await import("#lib/api/read-event.ts")).readEventSchema,
    signal,
  );
}

export async function readNeighbours(
  address: GroupAddress,
  partitionId: string,
  wanted: { sequenceNumber: number; direction: "earlier" | "later" },
): Promise<ReadEvent[]> {
  const query = { sequenceNumber: String(wanted.sequenceNumber), direction: wanted.direction };
  const { events } = await getJson(
    eventPath(address, partitionId, "events", query),
    async () => (await import("#lib/api/read-event.ts")).eventsPageSchema,
  );
  return events;
}

export async function saveEvent(
  address: GroupAddress,
  partitionId: string,
  sequenceNumber: number,
): Promise<void> {
  const file: EventFile = await getJson(
    eventPath(address, partitionId, "event/file", { sequenceNumber: String(sequenceNumber) }),
    async () => (await import("#lib/api/read-event.ts")).eventFileSchema,
  );
  const name = `${address.hub}-partition-${partitionId}-event-${sequenceNumber}.json`;
  download(name, `${JSON.stringify(file, null, 2)}\n`, "application/json");
}

function eventPath(address: GroupAddress, partitionId: string, tail: string, query: Record<string, string>) {
  return groupPath(address, `/partitions/${encodeURIComponent(partitionId)}/${tail}`, query);
}

export const mostEventsKept = 200;

export function joinEvents(before: readonly ReadEvent[], more: readonly ReadEvent[]): ReadEvent[] {
  const all = new Map([...before, ...more].map((event) => [event.sequenceNumber, event]));
  return [...all.values()].sort((a, b) => a.sequenceNumber - b.sequenceNumber);
}

export function filterEvents(events: readonly ReadEvent[], text: string): readonly ReadEvent[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return events;
  return events.filter((event) =>
    [
      String(event.sequenceNumber),
      event.partitionKey,
      event.contentType,
      event.messageId,
      event.correlationId,
      event.body.preview,
      ...[...event.properties, ...event.systemProperties].flatMap(({ name, value }) => [name, value]),
    ].some((part) => part?.toLowerCase().includes(wanted)),
  );
}

export interface ReadableEvent {
  which: "checkpoint" | "next";
  sequenceNumber: number;
  whyNot: string | null;
}

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
    ? "The group is owned, and a second reader could disturb it. Create a consumer group only for the dashboard and name it in the configuration (inspectionConsumerGroup)."
    : null;
}
