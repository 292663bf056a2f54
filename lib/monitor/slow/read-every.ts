import type { EventHub } from "#lib/api/event-hub.ts";
import { reason, toWire } from "#lib/api/reasons/reason.ts";
import type { HubPace } from "#lib/core/hub-reading.ts";

/** Returns how often a slowed hub is read, and why. Undefined if it is read every refresh period. */
export function readEvery(
  pace: HubPace | null,
  partitions: number | null,
  refreshMs: number,
): EventHub["readEvery"] {
  if (pace === null || partitions === null) return undefined;
  const reads = partitions + 1;
  const perSecond = pace.perSecond;
  const seconds = Math.max(refreshMs / 1000, Math.round(reads / perSecond));
  const params = { reads, perSecond: Math.round(perSecond * 10) / 10, seconds };
  if (pace.isBusy) return { seconds, reason: toWire(reason("hubBusy", params)) };
  return seconds * 1000 > refreshMs
    ? { seconds, reason: toWire(reason("hubReadsCapped", params)) }
    : undefined;
}
