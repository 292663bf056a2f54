"use client";

import { useIsBrowser } from "#lib/client/browser/use-browser.ts";
import { localTimes, type Times, utcTimes } from "#lib/client/history/time-axis.ts";

/** Moments in this browser's zone; on the server and in the first render here, which must say the same, in UTC. */
export function useTimes(): Times {
  return useIsBrowser() ? localTimes : utcTimes;
}
