"use client";

import { type ReactNode, useState } from "react";
import { createPortal } from "react-dom";
import { Icon } from "#components/ui/icons/icon.tsx";
import { usePageHidden } from "#lib/client/browser/use-page-hidden.ts";
import { allOnTop, areSamePlaces, nextPlaces } from "./arriving-places.ts";
import { Button } from "./button.tsx";
import { SteadyHeight } from "./text/steady-height.tsx";

const dockId = "dock";

/** Where notices stand that came while the page was open. It covers the window's lower edge and moves nothing. */
export function Dock() {
  return (
    <div
      id={dockId}
      className="fixed inset-x-0 bottom-3 z-20 mx-auto flex max-h-[50vh] max-w-[1440px] flex-col gap-2 overflow-y-auto px-4 empty:hidden sm:px-6 print:static"
    />
  );
}

interface LinesProps {
  /** Of the lines that are there. */
  here: readonly string[];
  /** Draws those lines of the notice that stand at one place: above the content, or waiting in the dock. */
  draw: (keys: readonly string[], isWaiting: boolean) => ReactNode;
  /** Says that it has ended: its place stays, so that nothing jumps. Null: it ends by the reader's own press. */
  over?: string | null;
  /** Made after the page: whatever it tells comes later. */
  isLate?: boolean;
}

/**
 * A notice above a page's content. What was there at the first look stands in its place; what comes later would push
 * away what is being read, so it waits in the dock until the reader takes it up, or nobody looks.
 */
export function ArrivingLines({ here, draw, over = null, isLate = false }: LinesProps) {
  const [places, setPlaces] = useState(() => allOnTop(isLate ? [] : here));
  const isHidden = usePageHidden();
  const next = nextPlaces(places, { here, isHidden, isKept: over !== null });
  if (!areSamePlaces(next, places)) setPlaces(next);
  if (next.place === null) return null;
  const top = new Set(next.top);
  const onTop = here.filter((key) => top.has(key));
  const waiting = here.filter((key) => !top.has(key));
  return (
    <>
      {next.place === "dock" ? null : (
        <SteadyHeight keeps="all">
          {onTop.length > 0 ? (
            draw(onTop, false)
          ) : (
            <Over text={over} onHide={() => setPlaces({ place: null, top: [] })} />
          )}
        </SteadyHeight>
      )}
      {waiting.length === 0 ? null : (
        <Waiting onTakeUp={() => setPlaces(allOnTop(here))}>{draw(waiting, true)}</Waiting>
      )}
    </>
  );
}

interface Props extends Pick<LinesProps, "over" | "isLate"> {
  isHere: boolean;
  children: ReactNode;
}

/** The same of one line. */
export function Arriving({ isHere, children, ...rest }: Props) {
  return <ArrivingLines here={isHere ? ["it"] : []} draw={() => children} {...rest} />;
}

function Waiting({ onTakeUp, children }: { onTakeUp: () => void; children: ReactNode }) {
  const dock = document.getElementById(dockId);
  if (dock === null) return null;
  return createPortal(
    <div className="flex items-start gap-2 rounded-lg border border-line-strong bg-page p-2 shadow-lg">
      <div className="min-w-0 flex-1 [&>*]:mb-0!">{children}</div>
      <Button
        aria-label="Move to the top of the page"
        data-tip="Move to the top of the page"
        onClick={onTakeUp}
      >
        <Icon name="arrow-up-to-line" className="size-3.5" />
      </Button>
    </div>,
    dock,
  );
}

function Over({ text, onHide }: { text: string | null; onHide: () => void }) {
  return (
    <div
      role="status"
      className="flex items-center gap-x-3 rounded-lg border border-line bg-surface px-4 py-1.5"
    >
      <span className="min-w-0 flex-1 text-muted">{text}</span>
      <Button look="quiet" onClick={onHide}>
        Hide
      </Button>
    </div>
  );
}
