import { unreadHub } from "#lib/monitor/hub-snapshot.ts";
import { HubMemory } from "#lib/monitor/memory.ts";
import { refreshHub } from "#lib/monitor/refresh-hub.ts";
import type { HubSnapshot } from "#lib/monitor/snapshot.ts";
import type { MonitoredHub } from "#lib/monitor/sources.ts";
import { noon } from "./sources.ts";

/** Refreshes one hub again and again, as its loop does. */
export function refresher(hub: MonitoredHub, limitMs = 5_000) {
  const memory = new HubMemory();
  let previous: HubSnapshot = unreadHub(hub);
  return async (now = noon) => {
    previous = await refreshHub(hub, {
      previous,
      memory,
      refreshMs: 10_000,
      limitMs,
      stop: new AbortController().signal,
      clock: () => now,
    });
    return previous;
  };
}
