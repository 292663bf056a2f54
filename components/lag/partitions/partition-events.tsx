"use client";

import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useClock } from "#components/ui/clock.tsx";
import type { GroupPartition } from "#lib/api/consumer-group.ts";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { formatCount } from "#lib/client/format/format.ts";
import { eventsAround, type ReadableEvent, readEvent } from "#lib/client/lag/read-event.ts";
import type { GroupAddress } from "#lib/core/addresses.ts";
import { EventNeighbours } from "./event-neighbours.tsx";
import { EventView } from "./event-view.tsx";
import { SaveEvent } from "./save-event.tsx";

type Shown = { asked: ReadableEvent } & (
  | { state: "reading" }
  | { state: "read"; event: ReadEvent; readAt: string }
  | { state: "failed"; message: string }
);

interface Props {
  address: GroupAddress;
  partition: GroupPartition;
  whyNot: string | null;
  skip: (partition: GroupPartition, sequenceNumber: number) => ReactNode;
  resume: (partition: GroupPartition, sequenceNumber: number, text?: string) => ReactNode;
  /** The next event is to be read now; `onTaken` tells that it is being read. */
  isAsked: boolean;
  onTaken: () => void;
}

const laterOne =
  "If the group fails on an event, it may be a later one of the same batch: look for its number in the processor's log. Read on below, and resume after that one.";
const names = { checkpoint: "At the checkpoint", next: "To be read next" };

export function PartitionEvents({ address, partition, whyNot, skip, resume, isAsked, onTaken }: Props) {
  const clock = useClock();
  const [shown, setShown] = useState<Shown | null>(null);
  const reading = useRef<AbortController | null>(null);
  const resumeHere = useCallback(
    (sequenceNumber: number, text?: string) => resume(partition, sequenceNumber, text),
    [resume, partition],
  );
  const region = useRef<HTMLElement>(null);
  const around = eventsAround(partition);
  const next = around.find(({ which }) => which === "next");
  const read = async (asked: ReadableEvent) => {
    reading.current?.abort();
    const mine = new AbortController();
    reading.current = mine;
    setShown({ asked, state: "reading" });
    try {
      const event = await readEvent(address, partition.partitionId, asked.sequenceNumber, mine.signal);
      setShown({ asked, state: "read", event, readAt: new Date(clock()).toISOString() });
    } catch (error) {
      if (mine.signal.aborted) return;
      setShown({ asked, state: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  };
  useEffect(() => {
    if (!isAsked) return;
    onTaken();
    region.current?.scrollIntoView({ block: "center" });
    if (next !== undefined && next.whyNot === null && whyNot === null) void read(next);
  });
  if (around.length === 0) return null;

  return (
    <section
      ref={region}
      aria-label={`Events of partition ${partition.partitionId}`}
      className="flex flex-col gap-2"
    >
      <ul className="flex flex-wrap gap-x-8 gap-y-2">
        {around.map((asked) => (
          <li key={asked.which} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="w-28 shrink-0 text-note text-muted">{names[asked.which]}</span>
            <span className="figures">{formatCount(asked.sequenceNumber)}</span>
            <Button
              onClick={() => void read(asked)}
              whyDisabled={asked.whyNot ?? whyNot}
              aria-label={`Read this event: ${formatCount(asked.sequenceNumber)}`}
            >
              {shown?.state === "reading" && shown.asked.which === asked.which
                ? "Reading …"
                : "Read this event"}
            </Button>
          </li>
        ))}
      </ul>
      <div aria-live="polite">
        {shown?.state === "failed" ? <p className="max-w-3xl text-stop">{shown.message}</p> : null}
        {shown?.state === "read" ? (
          <EventView
            event={shown.event}
            asked={shown.asked}
            readAt={shown.readAt}
            actions={
              <>
                <SaveEvent
                  address={address}
                  partitionId={partition.partitionId}
                  sequenceNumber={shown.event.sequenceNumber}
                  whyNot={whyNot}
                />
                {shown.asked.which === "next" ? skip(partition, shown.event.sequenceNumber) : null}
              </>
            }
            note={shown.asked.which === "next" ? laterOne : null}
            onClose={() => setShown(null)}
          >
            <EventNeighbours
              key={shown.event.sequenceNumber}
              address={address}
              event={shown.event}
              whyNot={whyNot}
              resume={resumeHere}
            />
          </EventView>
        ) : null}
      </div>
    </section>
  );
}
