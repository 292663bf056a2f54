import { pause } from "#lib/core/pause.ts";
import type { Clock } from "#lib/core/time.ts";
import type { HubMemory } from "./memory.ts";
import type { Recollection } from "./recollection.ts";
import { refreshHub } from "./refresh-hub.ts";
import type { HubSnapshot } from "./snapshot.ts";
import type { MonitoredHub } from "./sources.ts";

const minLimitMs = 15_000;
const maxLimitMs = 60_000;
/** Hubs drift by up to this share of the period, so that they don't all ask at once. */
const jitter = 0.1;

export interface HubLoop {
  hurry(): void;
  stop(): Promise<void>;
}

/**
 * Refreshes a hub every `refreshMs`, one refresh at a time, until stopped.
 * @param known the hub's memory, what the history adds, and its last snapshot
 * @param told gets each new snapshot, and faults of our own, which cost one refresh only
 */
export function startHubLoop(
  hub: MonitoredHub,
  refreshMs: number,
  clock: Clock,
  known: { memory: HubMemory; recollection: Recollection; snapshot: HubSnapshot },
  told: { refreshed(snapshot: HubSnapshot): Promise<void>; failed(error: unknown): void },
): HubLoop {
  const stopping = new AbortController();
  const limitMs = Math.min(maxLimitMs, Math.max(minLimitMs, 2 * refreshMs));
  const { memory, recollection } = known;
  let { snapshot } = known;
  let hurried = new AbortController();

  // Not in the loop itself, which would hold the snapshot before while it waits.
  const refresh = () =>
    refreshHub(hub, { previous: snapshot, memory, refreshMs, limitMs, stop: stopping.signal, clock });
  const run = async () => {
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      hurried = new AbortController();
      try {
        await recollection.tryOnce(stopping.signal);
        if (stopping.signal.aborted) return;
        const next = await refresh();
        if (stopping.signal.aborted) return;
        snapshot = next;
        await told.refreshed(next);
      } catch (error) {
        told.failed(error);
      }
      const period = refreshMs * (1 - jitter * Math.random());
      await pause(
        period - (performance.now() - startedAt),
        AbortSignal.any([stopping.signal, hurried.signal]),
      );
    }
  };
  const finished = run();
  return {
    hurry: () => hurried.abort(),
    stop: async () => {
      stopping.abort();
      await finished;
    },
  };
}
