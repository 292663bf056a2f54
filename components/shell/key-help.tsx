"use client";

import { Button, Key } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

const lines: readonly (readonly [readonly string[], string])[] = [
  [["⌘K", "Ctrl K"], "Go anywhere, or run an action"],
  [["/"], "Filter the table"],
  [["j", "k"], "Next or previous row; also ↓ ↑, and ← → within a row"],
  [["Enter"], "Open the row"],
  [["Tab"], "Into a table, and out of it"],
  [["r"], "Refresh"],
  [["p"], "Pause or resume live updates"],
  [["F1"], "The help on what a tip explains"],
  [["?"], "Show these keys"],
  [["Esc"], "Close, or clear the filter"],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div className="flex items-center border-b border-line px-4 py-2">
        <h2 className="font-semibold">Keyboard shortcuts</h2>
        <Button
          look="quiet"
          className="ml-auto"
          onClick={(event) => event.currentTarget.closest("dialog")?.close()}
        >
          Close
        </Button>
      </div>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2 px-4 py-4">
        {lines.map(([names, what]) => (
          <div key={what} className="contents">
            <dt className="flex gap-1.5">
              {names.map((name) => (
                <Key key={name}>{name}</Key>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
