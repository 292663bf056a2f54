"use client";

import { type ReactNode, useId } from "react";
import { Choice, ChoiceGroup, TextInput } from "#components/ui/form/field.tsx";
import { formatCount, plural } from "#lib/client/format/format.ts";
import { maxRangeText, parseRanges } from "#lib/client/lag/partition-ranges.ts";

interface Props {
  known: readonly string[];
  note: string;
  text: string | null;
  onChange: (text: string | null) => void;
  picker?: (chosen: readonly string[]) => ReactNode;
}

export function PartitionsField({ known, note, text, onChange, picker }: Props) {
  const { ids, problems } = parseRanges(text ?? "", known);
  const field = useId();
  return (
    <ChoiceGroup label="Partitions">
      <Choice
        name="partitions"
        value="all"
        checked={text === null}
        onChoose={() => onChange(null)}
        label={known.length === 1 ? "The only partition" : `All ${formatCount(known.length)}`}
        note={note}
      />
      <Choice
        name="partitions"
        value="chosen"
        checked={text !== null}
        onChoose={() => onChange("")}
        label="Chosen ones"
        note="The others are not touched."
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <label htmlFor={field} className="text-muted">
            Partitions
          </label>
          <TextInput
            id={field}
            value={text ?? ""}
            maxLength={maxRangeText}
            placeholder="0-3, 7"
            aria-invalid={problems.length > 0}
            aria-describedby={`${field}-said`}
            onChange={(event) => onChange(event.target.value)}
            className="w-72 max-w-full font-mono"
          />
          <span
            id={`${field}-said`}
            role="status"
            className={problems.length > 0 ? "text-note text-stop" : "text-note text-muted"}
          >
            {problems[0] ?? `${formatCount(ids.length)} of ${plural(known.length, "partition")} chosen`}
          </span>
        </div>
        {picker?.(ids)}
      </Choice>
    </ChoiceGroup>
  );
}
