import type { EventHub } from "#lib/api/event-hub.ts";
import type { Clock } from "#lib/core/time.ts";
import type { History } from "#lib/history/history.ts";
import type { HistoryPoint } from "#lib/history/samples/points.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { MeasuredPoint } from "#lib/monitor/snapshot.ts";
import { log } from "#lib/server/http/log.ts";

const recalledMs = 60 * 60_000;
const recalledPoints = 240;

/**
 * Starts a hub's trends with the last hour of the history. Call the returned function at the start and after
 * each refresh: it asks once per hub, and again while the history can't be read.
 */
export function trendRecall(
  history: History,
  monitor: Monitor,
  clock: Clock = Date.now,
): (hub: EventHub) => void {
  const begun = new Set<string>();
  return (hub) => {
    const watched = new Set(monitor.hubIds());
    for (const id of begun) if (!watched.has(id)) begun.delete(id);
    if (begun.has(hub.id)) return;
    begun.add(hub.id);
    recallHub(history, monitor, hub, clock).catch((error: unknown) => {
      begun.delete(hub.id);
      log.debug({ hub: hub.id, err: error }, "The last hour of the hub's trends can't be read yet.");
    });
  };
}

async function recallHub(history: History, monitor: Monitor, hub: EventHub, clock: Clock): Promise<void> {
  for (const group of await history.groupsOf(hub)) {
    const now = clock();
    const range = { from: now - recalledMs, to: now, points: recalledPoints };
    const { points, fault } = await history.points({ hub, group, ...range });
    if (fault !== null) throw new Error(fault.message);
    monitor.recallTrend(hub.id, group, trendPoints(points));
  }
}

/** Reduces a history to a trend: a gap is one point without lag, and nothing precedes the first lag. */
export function trendPoints(points: readonly HistoryPoint[]): MeasuredPoint[] {
  const trend: MeasuredPoint[] = [];
  for (const { at, measuredLag: lag, partitionsUnknown, partitionsBounded } of points) {
    const isWanted = lag !== null || (trend.at(-1)?.lag ?? null) !== null;
    if (isWanted) trend.push({ at, lag, partitionsUnknown, partitionsBounded });
  }
  return trend;
}
