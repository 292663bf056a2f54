"use client";

import { useId, useState } from "react";
import { TextInput } from "#components/ui/form/field.tsx";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { useTimes } from "#lib/client/format/use-times.ts";
import { localTimes, utcTimes } from "#lib/client/history/time-axis.ts";

interface Props {
  at: number | null;
  onChange: (at: number | null) => void;
}

export function TimeFields({ at, onChange }: Props) {
  const isBrowser = useIsBrowser();
  const { zone, toInput, fromInput } = useTimes();
  // Keeps the typed text until it is a moment; an outside change replaces it.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = at === null || !isBrowser ? "" : toInput(at);
  const other = zone === "UTC" ? localTimes : utcTimes;
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <label htmlFor={id} className="text-muted">
        Time in {zone}
      </label>
      <TextInput
        // Another zone is another text for the same moment.
        key={zone}
        id={id}
        type="datetime-local"
        step={1}
        value={typed ?? shown}
        onChange={(event) => {
          const next = fromInput(event.target.value);
          setTyped(next === null ? event.target.value : null);
          onChange(next);
        }}
        onBlur={() => setTyped(null)}
      />
      {at === null || !isBrowser || other.zone === zone ? null : (
        <span className="figures text-note text-muted">{other.full(at)}</span>
      )}
    </div>
  );
}
