"use client";

import { useMemo } from "react";
import { parseAsMoment, rangeParsers } from "#lib/client/url/page-state.ts";
import { useQueryState } from "#lib/client/url/use-query.ts";
import type { EpochMs } from "#lib/core/time.ts";
import { type RangeRead, readRange } from "./range-url.ts";
import type { RangePreset, TimeRange } from "./time-range.ts";

export interface RangeState extends RangeRead {
  choosePreset: (preset: RangePreset) => void;
  chooseMoments: (from: EpochMs, to: EpochMs | null) => void;
}

export function useTimeRange(first: TimeRange): RangeState {
  const [{ range, from, to }, setUrl] = useQueryState(rangeParsers);
  return useMemo(
    () => ({
      ...readRange({ range, from, to }, first),
      choosePreset: (preset) => setUrl({ range: preset, from: null, to: null }),
      // No step of the history: the back button leads to the page before, not through every zoom.
      chooseMoments: (start, end) =>
        setUrl({
          from: parseAsMoment.serialize(start),
          to: end === null ? null : parseAsMoment.serialize(end),
        }),
    }),
    [range, from, to, first, setUrl],
  );
}
