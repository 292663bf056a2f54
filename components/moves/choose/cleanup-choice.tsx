"use client";

import { useId } from "react";
import { Choice, ChoiceGroup } from "#components/ui/form/field.tsx";

interface Props {
  /** Names of blobs, one per line. Null: all that nobody needs. */
  text: string | null;
  onChange: (text: string | null) => void;
}

export function CleanupChoice({ text, onChange }: Props) {
  const field = useId();
  return (
    <ChoiceGroup label="Blobs">
      <Choice
        name="blobs"
        value="all"
        checked={text === null}
        onChoose={() => onChange(null)}
        label="All unneeded blobs"
        note="The review lists each one and why it can go."
      />
      <Choice
        name="blobs"
        value="named"
        checked={text !== null}
        onChoose={() => onChange("")}
        label="Named blobs"
        note="Can include broken checkpoints of existing partitions. A reset would repair those instead."
      >
        <label htmlFor={field} className="text-muted">
          Full names, one a line
        </label>
        <textarea
          id={field}
          rows={5}
          value={text ?? ""}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className="w-full max-w-4xl rounded-md border border-line bg-surface px-2 py-1 font-mono text-work hover:border-line-strong"
        />
      </Choice>
    </ChoiceGroup>
  );
}
