import { pause } from "#lib/core/pause.ts";
import type { RecalledHub } from "#lib/history/remembered/remembered.ts";
import type { HubMemory } from "./memory.ts";
import type { MonitoredHub } from "./sources.ts";

/** Asks the history for what it holds of a hub. Rejects where it can't be reached. */
export type Recall = (
  hub: Pick<MonitoredHub, "id" | "fullyQualifiedNamespace" | "eventHubName">,
) => Promise<RecalledHub>;

/** The first refresh waits so long for it, and then goes on from what is there. */
const firstWaitMs = 3_000;

/**
 * Brings back what the history holds of a hub before its first refresh. Where the history is away the refreshes
 * go on without, and it is taken in as soon as it is there.
 */
export class Recollection {
  readonly #ask: () => Promise<RecalledHub>;
  readonly #memory: HubMemory;
  #asking: Promise<void> | null = null;
  #waitMs = firstWaitMs;
  #isDone = false;

  constructor(recall: Recall | null, hub: MonitoredHub, memory: HubMemory) {
    this.#memory = memory;
    this.#isDone = recall === null;
    this.#ask = async () => (recall === null ? Promise.reject(new Error("nobody to ask")) : recall(hub));
  }

  /** All that the history held is in memory, so that what stands there may be replaced. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** To be called before each refresh. */
  async tryOnce(stop: AbortSignal): Promise<void> {
    if (this.#isDone) return;
    this.#asking ??= this.#ask()
      .then(
        (recalled) => {
          this.#memory.recall(recalled);
          this.#isDone = true;
        },
        () => {}, // The history tells its faults itself; it is asked again at the next refresh.
      )
      .finally(() => {
        this.#asking = null;
      });
    const waitMs = this.#waitMs;
    this.#waitMs = 0;
    if (waitMs > 0) await Promise.race([this.#asking, pause(waitMs, stop)]);
  }
}
