"use client";

import { useId, useState } from "react";
import { TextInput } from "#components/ui/form/field.tsx";
import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { fromInputTime, toInputTime } from "#lib/client/history/time-axis.ts";
import { fromUtcInput, toUtcInput } from "#lib/client/resets/reset-time.ts";

interface Props {
  at: number | null;
  onChange: (at: number | null) => void;
}

/** A moment, typed in local time or UTC; each field shows the other's value. */
export function TimeFields({ at, onChange }: Props) {
  const isBrowser = useIsBrowser();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {/* Only the browser knows its zone, so this field comes later. */}
      <MomentField
        key={isBrowser ? "here" : "nowhere"}
        label={isBrowser ? `Here (${zoneName()})` : "Here"}
        at={isBrowser ? at : null}
        write={toInputTime}
        read={fromInputTime}
        onChange={onChange}
      />
      <MomentField label="UTC" at={at} write={toUtcInput} read={fromUtcInput} onChange={onChange} />
    </div>
  );
}

function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function MomentField(props: {
  label: string;
  at: number | null;
  write: (at: number) => string;
  read: (text: string) => number | null;
  onChange: (at: number | null) => void;
}) {
  const { label, at, write, read, onChange } = props;
  // Keeps the typed text until it is a moment; an outside change replaces it.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = at === null ? "" : write(at);
  const id = useId();
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <TextInput
        id={id}
        type="datetime-local"
        step={1}
        value={typed ?? shown}
        onChange={(event) => {
          const next = read(event.target.value);
          setTyped(next === null ? event.target.value : null);
          onChange(next);
        }}
        onBlur={() => setTyped(null)}
      />
    </span>
  );
}
