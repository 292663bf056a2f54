"use client";

import { useState } from "react";
import { ApplyForm } from "#components/ui/form/apply-form.tsx";
import { Icon } from "#components/ui/icons/icon.tsx";
import { Button } from "./button.tsx";

interface Props<Preset extends string> {
  presets: readonly { value: Preset; label: string }[];
  preset: Preset | null;
  /** The user chose two moments. False with a preset, and with a default that is none. */
  isOwn: boolean;
  onPreset: (preset: Preset) => void;
  startWith: () => { from: string; to: string };
  onRange: (from: string, to: string) => string | null;
  hint: string;
}

export function RangeControl<Preset extends string>(props: Props<Preset>) {
  const { presets, preset, isOwn, onPreset, startWith, onRange, hint } = props;
  const [fields, setFields] = useState<{ from: string; to: string } | null>(null);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out like these buttons everywhere. */}
      <div role="group" aria-label="Range of time" className="flex flex-wrap items-center gap-1">
        {presets.map(({ value, label }) => (
          <Button
            key={value}
            look={preset === value ? "outline" : "quiet"}
            aria-pressed={preset === value}
            onClick={() => {
              setFields(null);
              onPreset(value);
            }}
            className={`${pressed} px-2`}
          >
            {label}
          </Button>
        ))}
        <Button
          look={isOwn ? "outline" : "quiet"}
          aria-pressed={isOwn}
          aria-expanded={fields !== null}
          onClick={() => setFields((open) => (open === null ? startWith() : null))}
          className={`${pressed} px-2`}
        >
          <Icon name="calendar-clock" className="size-3.5" />
          <span className="max-sm:sr-only">From – to</span>
        </Button>
      </div>
      {fields === null ? null : (
        <RangeFields
          start={fields}
          hint={hint}
          onCancel={() => setFields(null)}
          onApply={(from, to) => {
            const wrong = onRange(from, to);
            if (wrong === null) setFields(null);
            return wrong;
          }}
        />
      )}
    </>
  );
}

const pressed =
  "aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent aria-[pressed=false]:border-transparent";
const inputClass =
  "figures h-7 min-w-0 rounded-md border border-line bg-surface px-2 text-work hover:border-line-strong";

function RangeFields(props: {
  start: { from: string; to: string };
  onApply: (from: string, to: string) => string | null;
  onCancel: () => void;
  hint: string;
}) {
  const { start, onApply, onCancel, hint } = props;
  return (
    <ApplyForm
      label="From and to"
      onApply={(fields) => onApply(String(fields.get("from")), String(fields.get("to")))}
      onCancel={onCancel}
      hint={hint}
    >
      <label className="flex items-center gap-2">
        <span className="text-muted">From</span>
        <input type="datetime-local" name="from" step={1} defaultValue={start.from} className={inputClass} />
      </label>
      <label className="flex items-center gap-2">
        <span className="text-muted">To</span>
        <input type="datetime-local" name="to" step={1} defaultValue={start.to} className={inputClass} />
      </label>
    </ApplyForm>
  );
}
