"use client";

import { Choice, ChoiceGroup } from "#components/ui/form/field.tsx";
import { HelpMark } from "#components/ui/help-mark.tsx";
import type { ConsumerGroup } from "#lib/api/consumer-group.ts";
import type { ResetMode } from "#lib/api/resets.ts";
import { formatCount, formatDuration, plural } from "#lib/client/format/format.ts";
import { ZonedMoment } from "#lib/client/format/use-times.ts";
import { helpPagePath } from "#lib/client/help/help-pages.ts";
import { assumedHandlerSeconds, canGoLive } from "#lib/client/resets/reset-choice.ts";
import { NumberField } from "./number-field.tsx";

interface Props {
  mode: ResetMode;
  /** Null: as suggested. */
  handlerSeconds: number | null;
  /** The observed value. Null: too few observations. */
  slowest: ConsumerGroup["slowestCheckpoint"];
  onChange: (change: { mode?: ResetMode; handler?: number }) => void;
  formats: ConsumerGroup["formats"];
}

export function ModeChoice({ mode, handlerSeconds, slowest, onChange, formats }: Props) {
  return (
    <ChoiceGroup label="How">
      <Choice
        name="mode"
        value="offline"
        checked={mode === "offline"}
        onChoose={() => onChange({ mode: "offline" })}
        label="Offline"
        note="You stop the group’s processors first. Safest: one conditional write per partition. Owned partitions are not changed."
      />
      <Choice
        name="mode"
        value="live"
        checked={mode === "live"}
        onChoose={() => onChange({ mode: "live" })}
        label="Live"
        note="Processors keep running. Each partition is paused, moved and released, a few at a time."
        help={
          <HelpMark
            href={helpPagePath("resets", "what-a-live-reset-can-break")}
            of="what a live reset can break"
          />
        }
        whyNot={
          !canGoLive({ formats })
            ? "Not available: this group’s checkpoints are JSON of an older library. Reset it offline."
            : null
        }
      >
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-muted">Longest handler time</span>
          <NumberField
            label="Longest handler time in seconds"
            value={handlerSeconds ?? slowest?.seconds ?? assumedHandlerSeconds}
            onChange={(handler) => onChange({ handler: handler ?? 0 })}
            className="w-20"
          />
          <span className="text-muted">seconds per batch, checkpoint included</span>
        </div>
        <p className="text-note text-muted">
          {slowest == null ? (
            `The last day shows too little load to suggest a time: ${assumedHandlerSeconds} s is assumed.`
          ) : (
            <Evidence {...slowest} />
          )}{" "}
          If unsure, go higher: a slower handler can overwrite the new position.
        </p>
      </Choice>
    </ChoiceGroup>
  );
}

function Evidence({ seconds, partitionId, at, waiting, steps }: NonNullable<Props["slowest"]>) {
  return (
    <>
      Suggested from the last day: the longest time between two checkpoints of one processor, while events
      waited, was {formatDuration(seconds)}, on partition {partitionId} at <ZonedMoment at={at} /> with{" "}
      {plural(waiting, "event")} waiting. {formatCount(steps)} such times were measured.
    </>
  );
}
