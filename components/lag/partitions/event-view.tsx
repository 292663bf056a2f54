import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Ticking } from "#components/ui/clock.tsx";
import { Fact } from "#components/ui/fact.tsx";
import type { ReadEvent } from "#lib/api/read-event.ts";
import { showLines, showText } from "#lib/client/format/foreign-text.ts";
import { formatAge, formatCount, plural } from "#lib/client/format/format.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { hexRows, type ReadableEvent } from "#lib/client/lag/read-event.ts";

/** One event of the stream. Everything in it is foreign and shown as text, never as markup. */
export function EventView(props: {
  event: ReadEvent;
  asked: Pick<ReadableEvent, "sequenceNumber">;
  readAt: string;
  actions?: ReactNode;
  note?: string | null;
  children?: ReactNode;
  onClose: () => void;
}) {
  const { event, asked, readAt, actions = null, note = null, children, onClose } = props;
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="figures mr-auto font-semibold">Event {formatCount(event.sequenceNumber)}</h3>
        {actions}
        <Button look="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      {note === null ? null : <p className="text-note text-muted">{note}</p>}
      {event.sequenceNumber === asked.sequenceNumber ? null : (
        <p>
          Event {formatCount(asked.sequenceNumber)} is no longer in the stream. This is the first event after
          it.
        </p>
      )}
      <EventContent event={event} bodyName="The event's body" />
      <p className="figures text-note text-muted">
        Read <Age at={readAt} />; not stored.
      </p>
      {children}
    </div>
  );
}

export function EventContent({ event, bodyName }: { event: ReadEvent; bodyName: string }) {
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]">
        <Fact name="Enqueued">
          <ZonedMoment at={event.enqueuedAt} />{" "}
          <span className="text-muted">
            (<Age at={event.enqueuedAt} />)
          </span>
        </Fact>
        <Fact name="Offset" text={event.offset} copy />
        <Fact name="Partition key" text={shown(event.partitionKey)} copy />
        <Fact name="Content type" text={shown(event.contentType)} copy />
        <Fact name="Message id" text={shown(event.messageId)} copy />
        <Fact name="Correlation id" text={shown(event.correlationId)} copy />
        <Fact name="Read with" text={shown(event.readAs)} copy />
      </dl>
      <Values title="Properties" values={event.properties} />
      <Values title="System properties" values={event.systemProperties} />
      <Body name={bodyName} body={event.body} />
    </div>
  );
}

/** The view is announced as it comes in; each second of an age is not. */
function Age({ at }: { at: string }) {
  return (
    <span aria-live="off">
      <Ticking at={at} format={(now) => formatAge(at, now)} />
    </span>
  );
}

function shown(text: string | null): string | null {
  return text === null ? null : showText(text);
}

function Values({ title, values }: { title: string; values: ReadEvent["properties"] }) {
  if (values.length === 0) return null;
  return (
    <div>
      <h4 className="text-note text-muted">{title}</h4>
      <dl className="grid gap-x-8 gap-y-0.5 sm:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]">
        {values.map(({ name, value, isCut }) => (
          <div key={name} className="flex min-w-0 items-baseline gap-2">
            <dt className="foreign w-28 shrink-0 break-all font-mono text-note text-muted">
              {showText(name)}
            </dt>
            <dd className="foreign min-w-0 break-all font-mono text-note">
              {showText(value)}
              {isCut ? "…" : null}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Body(props: { name: string; body: ReadEvent["body"] }) {
  const { kind, preview, bytes, isCut } = props.body;
  const size =
    bytes === null
      ? "a value, as text"
      : `${plural(bytes, "byte")}${kind === "hex" ? ", in hexadecimal" : " of text"}`;
  return (
    <div>
      <h4 className="text-note text-muted">
        Body: {kind === "empty" ? "empty" : `${size}${isCut ? ", first part only" : ""}`}
      </h4>
      {kind === "empty" ? null : (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label={props.name}
          className="mt-1 max-h-80 overflow-auto rounded border border-line bg-raised px-3 py-2"
        >
          <pre className="foreign whitespace-pre-wrap break-all font-mono text-note">
            {kind === "hex" ? hexRows(preview) : showLines(preview)}
            {isCut ? " …" : null}
          </pre>
        </section>
      )}
    </div>
  );
}
