"use client";

import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SearchInput } from "#components/ui/form/search-input.tsx";
import { SortedTable } from "#components/ui/table/sorted-table.tsx";
import type { Column } from "#components/ui/table/table-model.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { showText } from "#lib/client/format/foreign-text.ts";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { StampedMoment, useTimes, ZonedMoment } from "#lib/client/format/use-times.ts";
import { explained } from "#lib/client/help/explanation-keys.ts";
import { filterEvents, joinEvents, mostEventsKept, readNeighbours } from "#lib/client/lag/read-event.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { EventContent } from "./event-view.tsx";
import { SaveEvent } from "./save-event.tsx";

type Direction = "earlier" | "later";

interface Props {
  address: GroupAddress;
  event: ReadEvent;
  whyNot: string | null;
  resume: (sequenceNumber: number, text?: string) => ReactNode;
}

const order = [{ column: "number", descending: false }] as const;
const none = {
  earlier: "There is no earlier event: the stream begins here.",
  later: "There is no later event yet.",
};

export function EventNeighbours({ address, event, whyNot, resume }: Props) {
  const [events, setEvents] = useState<readonly ReadEvent[]>([event]);
  const [filter, setFilter] = useState("");
  const shown = filterEvents(events, filter);
  const { zone } = useTimes();
  const columns = useMemo(() => eventColumns(zone, resume), [zone, resume]);
  const reading = useMutation({
    mutationFn: (direction: Direction) => {
      const end = direction === "later" ? events.at(-1) : events[0];
      const { sequenceNumber } = end ?? event;
      const from = direction === "later" ? sequenceNumber + 1 : sequenceNumber;
      return readNeighbours(address, event.partitionId, { sequenceNumber: from, direction });
    },
    onSuccess: (more) => setEvents((before) => joinEvents(before, more)),
  });
  const busy = reading.isPending ? reading.variables : null;
  const found = reading.isSuccess && reading.data.length === 0 ? none[reading.variables] : null;
  const isFull = events.length >= mostEventsKept;
  const whyNoMore =
    whyNot ??
    (busy !== null ? "Events are being read." : null) ??
    (isFull ? `${mostEventsKept} events are the most that are shown. Start from another one.` : null);
  return (
    <section aria-label="Neighbouring events" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="mr-auto font-semibold">Read more</h4>
        {events.length === 1 ? null : (
          <SearchInput label="Filter what was read" value={filter} onChange={setFilter} />
        )}
        <Button whyDisabled={whyNoMore} onClick={() => reading.mutate("earlier")}>
          {busy === "earlier" ? "Reading …" : "10 earlier"}
        </Button>
        <Button whyDisabled={whyNoMore} onClick={() => reading.mutate("later")}>
          {busy === "later" ? "Reading …" : "10 later"}
        </Button>
      </div>
      <p aria-live="polite" className={reading.isError ? "max-w-3xl text-stop" : "text-muted"}>
        {reading.error?.message ??
          found ??
          (filter === "" ? null : `${formatCount(shown.length)} of ${plural(events.length, "event")}`)}
      </p>
      {events.length === 1 ? null : (
        <SortedTable
          label="Events that were read"
          columns={columns}
          rows={shown}
          rowId={({ sequenceNumber }) => `event-${sequenceNumber}`}
          order={order}
          belowOnPhone={({ enqueuedAt, sequenceNumber }) => (
            <div className="flex flex-wrap items-center justify-between gap-2 text-note text-muted">
              <ZonedMoment at={enqueuedAt} className="figures" />
              {resume(sequenceNumber, "Resume after…")}
            </div>
          )}
          details={(one) => (
            <div className="flex flex-col gap-2">
              <div className="flex flex-wrap gap-2">
                <SaveEvent
                  address={address}
                  partitionId={one.partitionId}
                  sequenceNumber={one.sequenceNumber}
                  whyNot={whyNot}
                />
                {resume(one.sequenceNumber)}
              </div>
              <EventContent event={one} bodyName={`Body of event ${formatCount(one.sequenceNumber)}`} />
            </div>
          )}
          empty={<p className="px-4 py-3 text-muted">None of these events contains this text.</p>}
        />
      )}
    </section>
  );
}

export function eventColumns(zone: string, resume: Props["resume"]): Column<ReadEvent>[] {
  return explained("events", [
    {
      id: "number",
      label: "Event",
      width: 130,
      phoneWidth: 94,
      fixed: true,
      figure: true,
      cell: ({ sequenceNumber }) => formatCount(sequenceNumber),
      sortBy: ({ sequenceNumber }) => sequenceNumber,
    },
    {
      id: "enqueued",
      label: `Enqueued (${zone})`,
      width: 176,
      phoneWidth: 0,
      cell: ({ enqueuedAt }) => <StampedMoment at={enqueuedAt} className="figures" />,
      sortBy: ({ enqueuedAt }) => Date.parse(enqueuedAt),
    },
    {
      id: "key",
      label: "Partition key",
      width: 140,
      phoneWidth: 0,
      cell: ({ partitionKey }) =>
        partitionKey === null ? <span className="text-faint">—</span> : <Foreign text={partitionKey} />,
      sortBy: ({ partitionKey }) => partitionKey,
    },
    {
      id: "bytes",
      label: "Bytes",
      width: 90,
      phoneWidth: 64,
      figure: true,
      cell: ({ body }) => formatCount(body.bytes),
      sortBy: ({ body }) => body.bytes,
    },
    {
      id: "body",
      label: "Body",
      width: 320,
      grows: true,
      phoneWidth: 96,
      cell: ({ body }) => <Foreign text={body.preview.slice(0, 200)} />,
    },
    {
      id: "resume",
      label: "Resume",
      width: 156,
      phoneWidth: 0,
      cell: ({ sequenceNumber }) => resume(sequenceNumber, "Resume after…"),
    },
  ]);
}

function Foreign({ text }: { text: string }) {
  return <span className="foreign block truncate font-mono text-note">{showText(text)}</span>;
}
