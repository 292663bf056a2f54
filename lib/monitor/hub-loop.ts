import { pause } from "#lib/core/pause.ts";
import type { Clock } from "#lib/core/time.ts";
import type { HubMemory } from "./memory.ts";
import type { Recollection } from "./recollection.ts";
import { refreshHub } from "./refresh-hub.ts";
import type { HubSnapshot } from "./snapshot.ts";
import type { MonitoredHub } from "./sources.ts";

const minLimitMs = 15_000;
const maxLimitMs = 60_000;
/** Hubs drift apart by up to this share of the period, so that they do not all ask at once. */
const jitter = 0.1;

export interface HubLoop {
  /** The next refresh begins now, or right after the one that is under way. */
  hurry(): void;
  /** Ends the refresh that is under way; its result is told to nobody. */
  stop(): Promise<void>;
}

/**
 * Refreshes one hub every `refreshMs`, one refresh after the other, until stopped.
 * @param known what is remembered of the hub, what the history has to add, and its last snapshot
 * @param told is called with each new snapshot, and with a fault of our own, which costs one refresh only
 */
export function startHubLoop(
  hub: MonitoredHub,
  refreshMs: number,
  clock: Clock,
  known: { memory: HubMemory; recollection: Recollection; snapshot: HubSnapshot },
  told: { refreshed(snapshot: HubSnapshot): void; failed(error: unknown): void },
): HubLoop {
  const stopping = new AbortController();
  const limitMs = Math.min(maxLimitMs, Math.max(minLimitMs, 2 * refreshMs));
  const { memory, recollection } = known;
  let { snapshot } = known;
  let hurried = new AbortController();

  const run = async () => {
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      hurried = new AbortController();
      try {
        await recollection.tryOnce(stopping.signal);
        if (stopping.signal.aborted) return;
        const options = { previous: snapshot, memory, refreshMs, limitMs, stop: stopping.signal, clock };
        const next = await refreshHub(hub, options);
        if (stopping.signal.aborted) return;
        snapshot = next;
        told.refreshed(next);
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
