import { pause } from "#lib/core/pause.ts";
import type { RecalledHub } from "#lib/history/remembered/remembered.ts";
import type { HubMemory } from "./memory.ts";
import type { MonitoredHub } from "./sources.ts";

export type Recall = (
  hub: Pick<MonitoredHub, "id" | "fullyQualifiedNamespace" | "eventHubName">,
) => Promise<RecalledHub>;

const firstWaitMs = 3_000;

/**
 * Restores a hub's memory before its first refresh, which waits only a moment for it. Without the history,
 * refreshes go on and the memory is merged later.
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

  get isDone(): boolean {
    return this.#isDone;
  }

  async tryOnce(stop: AbortSignal): Promise<void> {
    if (this.#isDone) return;
    this.#asking ??= this.#ask()
      .then(
        (recalled) => {
          this.#memory.recall(recalled);
          this.#isDone = true;
        },
        () => {},
      )
      .finally(() => {
        this.#asking = null;
      });
    const waitMs = this.#waitMs;
    this.#waitMs = 0;
    if (waitMs > 0) await Promise.race([this.#asking, pause(waitMs, stop)]);
  }
}
