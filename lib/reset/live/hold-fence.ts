import type { Fence, FenceAnswer, FenceOptions } from "#lib/event-hub/fence.ts";
import type { LiveEvent } from "./signals.ts";

/** The one fence of a partition: attached, lost, closed. */
export class FenceHolder {
  readonly #open: (options: Omit<FenceOptions, "consumerGroup">) => Promise<FenceAnswer>;
  readonly #about: Pick<FenceOptions, "partitionId" | "lastSequenceNumber">;
  readonly #post: (event: LiveEvent) => void;
  #stop = new AbortController();
  #attaching: Promise<void> = Promise.resolve();
  #fence: Fence | null = null;

  constructor(
    open: (options: Omit<FenceOptions, "consumerGroup">) => Promise<FenceAnswer>,
    about: Pick<FenceOptions, "partitionId" | "lastSequenceNumber">,
    post: (event: LiveEvent) => void,
  ) {
    this.#open = open;
    this.#about = about;
    this.#post = post;
  }

  attach(ownerLevel: number): void {
    this.#stop = new AbortController();
    this.#attaching = this.#attach(ownerLevel);
  }

  /** Closes it, or gives up attaching it. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#attaching;
    const fence = this.#fence;
    this.#fence = null;
    this.#post({ type: "closed", isClean: fence === null || (await fence.close()) });
  }

  /** Attaches once more at that level and detaches in good order. */
  async clearLevel(ownerLevel: number): Promise<void> {
    const answer = await this.#open({ ...this.#about, ownerLevel });
    const isClean = answer.answer === "attached" && (await answer.fence.close());
    this.#post({ type: "closed", isClean });
  }

  async #attach(ownerLevel: number): Promise<void> {
    const answer = await this.#open({ ...this.#about, ownerLevel, abortSignal: this.#stop.signal });
    switch (answer.answer) {
      case "attached":
        this.#fence = answer.fence;
        void this.#watch(answer.fence);
        return this.#post({ type: "attached" });
      case "refused":
        return this.#post({ type: "refused", ownerLevel: answer.ownerLevel, message: answer.message });
      case "failed":
        return this.#post({ type: "attachFailed", message: answer.error.message });
    }
  }

  async #watch(fence: Fence): Promise<void> {
    const { byReader, message } = await fence.lost;
    if (this.#fence === fence) this.#post({ type: "fenceLost", byReader, message });
  }
}
