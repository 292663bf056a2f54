"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { EpochMs } from "#lib/core/time.ts";
import { type RangePreset, type TimeRange, toTimeRange } from "./time-range.ts";
import { rangeParsers } from "./url-state.ts";

export interface RangeState {
  range: TimeRange;
  choosePreset: (preset: RangePreset) => void;
  /** `to` null: up to now. */
  chooseMoments: (from: EpochMs, to: EpochMs | null) => void;
}

/** The range of time that the page shows, kept in the URL. */
export function useTimeRange(): RangeState {
  const [{ range: preset, from, to }, setUrl] = useQueryStates(rangeParsers);
  return useMemo(
    () => ({
      range: toTimeRange({ range: preset, from, to }),
      choosePreset: (range) => void setUrl({ range, from: null, to: null }),
      // A range that was zoomed into is one that the way back leads out of.
      chooseMoments: (start, end) => void setUrl({ from: start, to: end }, { history: "push" }),
    }),
    [preset, from, to, setUrl],
  );
}
