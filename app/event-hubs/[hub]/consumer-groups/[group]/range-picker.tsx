"use client";

import { useClock } from "#components/ui/clock.tsx";
import { RangeControl } from "#components/ui/range-control.tsx";
import { useTimes } from "#lib/client/format/use-times.ts";
import { presetOptions, rangeMoments, rangeName } from "#lib/client/history/time-range.ts";
import type { RangeState } from "#lib/client/history/use-time-range.ts";

export function RangePicker({ state }: { state: RangeState }) {
  const { range, problem, isUnset, choosePreset, chooseMoments } = state;
  const times = useTimes();
  const { zone, toInput, fromInput } = times;
  const now = useClock();
  return (
    <>
      <RangeControl
        presets={presetOptions}
        preset={range.kind === "last" ? range.preset : null}
        isOwn={range.kind !== "last" && !isUnset && problem === null}
        onPreset={choosePreset}
        hint={`In ${zone}. Without an end: up to now.`}
        startWith={() => {
          const { from, to } = rangeMoments(range, now());
          return { from: toInput(from), to: to === null ? "" : toInput(to) };
        }}
        onRange={(fromText, toText) => {
          const [from, to] = [fromInput(fromText), fromInput(toText)];
          if (from === null) return "Enter a start.";
          if (from >= now()) return "The start is in the future.";
          if (to !== null && to <= from) return "The end must be after the start.";
          chooseMoments(from, to);
          return null;
        }}
      />
      {problem === null ? null : (
        <p role="status" className="order-last w-full text-note text-warn">
          The range in the address can't be used: {problem}. Shown instead: {rangeName(range, times)}.
        </p>
      )}
    </>
  );
}
