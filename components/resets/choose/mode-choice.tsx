"use client";

import { Choice, ChoiceGroup } from "#components/ui/form/field.tsx";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { ResetMode } from "#lib/api/resets.ts";
import { NumberField } from "./number-field.tsx";

interface Props {
  mode: ResetMode;
  handlerSeconds: number;
  onChange: (change: { mode?: ResetMode; handler?: number }) => void;
  formats: ConsumerGroup["formats"];
}

/** With the group stopped, or while it runs. */
export function ModeChoice({ mode, handlerSeconds, onChange, formats }: Props) {
  const isJson = formats.length > 0 && !formats.includes("common");
  return (
    <ChoiceGroup label="How">
      <Choice
        name="mode"
        value="offline"
        checked={mode === "offline"}
        onChoose={() => onChange({ mode: "offline" })}
        label="Offline"
        note="You stop the group’s processors first. Safest: one conditional write for each partition, and partitions that somebody owns are left alone."
      />
      <Choice
        name="mode"
        value="live"
        checked={mode === "live"}
        onChoose={() => onChange({ mode: "live" })}
        label="Live"
        note="Processors keep running. Each partition is taken from its processor, held until that is quiet, and given back at the new place."
        whyNot={
          isJson
            ? "Not here: this group’s checkpoints are JSON of an older library, which is reset offline only."
            : null
        }
      >
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-muted">A handler takes at most</span>
          <NumberField
            label="Seconds that a handler takes at most"
            value={handlerSeconds}
            onChange={(handler) => onChange({ handler: handler ?? 0 })}
            className="w-20"
          />
          <span className="text-muted">seconds for its events, checkpoint included</span>
        </div>
        <p className="text-note text-muted">
          Say too much rather than too little: a slower handler can still write its old position over the new
          one.
        </p>
      </Choice>
    </ChoiceGroup>
  );
}
