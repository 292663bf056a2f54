"use client";

import { useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { Closing } from "#lib/client/browser/closing.ts";
import { lateComponent } from "#lib/client/browser/late-component.ts";
import { PaletteInput, type PaletteProps } from "./palette-input.tsx";

// Results load later than the input, which takes letters at once.
const Found = lateComponent<PaletteProps>(
  () => import("./palette.tsx").then((m) => m.Palette),
  ({ query, onQuery, onEnter }) => (
    <>
      <PaletteInput
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

export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  const [isEntered, setEntered] = useState(false);
  const ask = (wanted: string) => {
    setQuery(wanted);
    setEntered(false);
  };
  return (
    <Dialog label="Go to" onClose={onClose}>
      <Found
        query={query}
        onQuery={ask}
        isEntered={isEntered}
        onEnter={() => setEntered(true)}
        onClose={onClose}
      />
    </Dialog>
  );
}
