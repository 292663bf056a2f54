"use client";

import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { Closing } from "#lib/client/browser/closing.ts";
import { lateComponent } from "#lib/client/browser/late-component.ts";
import { PaletteInput, type PaletteProps } from "./palette-input.tsx";

// Results load later than the input, which takes letters at once.
const Found = lateComponent<PaletteProps>(
  () => import("./palette.tsx").then((m) => m.Palette),
  ({ timesAsked, query, onQuery, onEnter }) => (
    <>
      <PaletteInput
        timesAsked={timesAsked}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={({ key }) => {
          if (key === "Enter") onEnter();
        }}
      />
      <p className="px-4.5 py-3.5 text-muted">Loading…</p>
    </>
  ),
  (_error, _tryAgain, { onClose }) => <Closing onClose={onClose} />,
);

/** Asked for again while open, it starts anew: what is typed next is no part of what was typed before. */
export function PaletteDialog({ timesAsked, onClose }: { timesAsked: number; onClose: () => void }) {
  const anew = { timesAsked, query: "", isEntered: false };
  const [last, setLast] = useState(anew);
  const typed = last.timesAsked === timesAsked ? last : anew;
  return (
    <Dialog label="Go to" onClose={onClose}>
      <Found
        {...typed}
        onQuery={(query) => setLast({ ...anew, query })}
        onEnter={() => setLast({ ...typed, isEntered: true })}
        onClose={onClose}
      />
    </Dialog>
  );
}
