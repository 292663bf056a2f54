"use client";

import { localTimes, type Times, utcTimes } from "./time-axis.ts";
import { useIsBrowser } from "./use-browser.ts";

/** Moments in this browser's zone; on the server and in the first render here, which must say the same, in UTC. */
export function useTimes(): Times {
  return useIsBrowser() ? localTimes : utcTimes;
}
