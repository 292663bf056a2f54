"use client";

import { ArrowUpToLine } from "lucide-react";
import { type ReactNode, useState } from "react";
import { createPortal } from "react-dom";
import { usePageHidden } from "#lib/client/browser/use-page-hidden.ts";
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

interface Props {
  isHere: boolean;
  /** Says that it has ended: its place stays, so that nothing jumps. Null: it ends by the reader's own press. */
  over?: string | null;
  /** Made after the page: whatever it tells comes later. */
  isLate?: boolean;
  children: ReactNode;
}

type Place = "top" | "dock" | null;

/**
 * A notice above a page's content. One that was there at the first look stands in its place; one that comes later
 * would push away what is being read, so it waits in the dock until the reader takes it up, or nobody looks.
 */
export function Arriving({ isHere, over = null, isLate = false, children }: Props) {
  const [place, setPlace] = useState<Place>(isHere && !isLate ? "top" : null);
  const isHidden = usePageHidden();
  const next = nextPlace(place, { isHere, isHidden, isKept: over !== null });
  if (next !== place) setPlace(next);
  if (next === null) return null;
  if (next === "dock") {
    const dock = document.getElementById(dockId);
    return dock === null
      ? null
      : createPortal(
          <div className="flex items-start gap-2 rounded-lg border border-line-strong bg-page p-2 shadow-lg">
            <div className="min-w-0 flex-1 [&>*]:mb-0!">{children}</div>
            <Button
              aria-label="Move to the top of the page"
              data-tip="Move to the top of the page"
              onClick={() => setPlace("top")}
            >
              <ArrowUpToLine aria-hidden className="size-3.5" />
            </Button>
          </div>,
          dock,
        );
  }
  return (
    <SteadyHeight keeps="all">
      {isHere ? (
        children
      ) : (
        <div
          role="status"
          className="flex items-center gap-x-3 rounded-lg border border-line bg-surface px-4 py-1.5"
        >
          <span className="min-w-0 flex-1 text-muted">{over}</span>
          <Button look="quiet" onClick={() => setPlace(null)}>
            Hide
          </Button>
        </div>
      )}
    </SteadyHeight>
  );
}

function nextPlace(
  place: Place,
  { isHere, isHidden, isKept }: { isHere: boolean; isHidden: boolean; isKept: boolean },
): Place {
  if (isHere) return place === null && !isHidden ? "dock" : place === "dock" && !isHidden ? "dock" : "top";
  return place === "top" && isKept && !isHidden ? "top" : null;
}
