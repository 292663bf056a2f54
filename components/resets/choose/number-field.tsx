"use client";

import { useState } from "react";
import { TextInput } from "#components/ui/form/field.tsx";

/** A whole number as typed; spaces and commas between digits are ignored. */
export function NumberField(props: {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
  className?: string;
}) {
  const { label, value, onChange, className = "w-44" } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && typed !== "" && parseWhole(typed) === null;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <TextInput
        inputMode="numeric"
        aria-label={label}
        aria-invalid={wrong}
        maxLength={24}
        value={typed ?? (value === null ? "" : String(value))}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(parseWhole(event.target.value));
        }}
        onBlur={() => !wrong && setTyped(null)}
        className={className}
      />
      {wrong ? (
        <span role="status" className="text-note text-stop">
          That is no whole number.
        </span>
      ) : null}
    </span>
  );
}

function parseWhole(text: string): number | null {
  const digits = text.replaceAll(/[\s,_]/g, "");
  const value = Number(digits);
  return /^\d{1,16}$/.test(digits) && Number.isSafeInteger(value) ? value : null;
}
