import { failureOf } from "#lib/api/reasons/reason.ts";
import type { Fence, FenceAnswer, FenceOptions } from "#lib/event-hub/fence.ts";
import type { LiveEvent } from "#lib/reset/live/watch/signals.ts";

/** Holds a partition's one fence: attached, lost or closed. */
export class FenceHolder {
  readonly #open: (options: Omit<FenceOptions, "consumerGroup">) => Promise<FenceAnswer>;
  readonly #about: Pick<FenceOptions, "partitionId" | "lastSequenceNumber">;
  readonly #post: (event: LiveEvent) => void;
  #stop = new AbortController();
  #attaching: Promise<void> = Promise.resolve();
  #fence: Fence | null = null;
  #isClean = true;

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

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#attaching;
    const fence = this.#fence;
    this.#fence = null;
    this.#post({ type: "closed", isClean: fence === null ? this.#isClean : await fence.close() });
  }

  async clearLevel(ownerLevel: number): Promise<void> {
    this.#post({ type: "closed", isClean: await this.#clear(ownerLevel) });
  }

  /**
   * Attaches once more and detaches properly if the service still enforces the level. Probes without a level
   * first, which harms nobody: a refusal names the enforced level.
   */
  async #clear(ownerLevel: number): Promise<boolean> {
    const probe = await this.#open({ ...this.#about, ownerLevel: null });
    if (probe.answer === "attached") return probe.fence.close();
    if (probe.answer === "failed") return false;
    // A processor's own level: it reads, so leave it alone.
    if (probe.ownerLevel !== null && probe.ownerLevel !== ownerLevel) return true;
    if (probe.ownerLevel === null) return false;
    const answer = await this.#open({ ...this.#about, ownerLevel });
    return answer.answer === "attached" && (await answer.fence.close());
  }

  async #attach(ownerLevel: number): Promise<void> {
    const answer = await this.#open({ ...this.#about, ownerLevel, abortSignal: this.#stop.signal });
    this.#isClean = answer.answer !== "failed" || answer.isClean;
    switch (answer.answer) {
      case "attached":
        this.#fence = answer.fence;
        void this.#watch(answer.fence);
        this.#post({ type: "attached" });
        return void this.#tellStreamEnd(answer.fence);
      case "refused":
        return this.#post({ type: "refused", ownerLevel: answer.ownerLevel, detail: answer.message });
      case "failed":
        return this.#post({
          type: "attachFailed",
          because: failureOf(answer.error),
          isClean: answer.isClean,
        });
    }
  }

  /** Not awaited, since the checkpoint can be written without it. */
  async #tellStreamEnd(fence: Fence): Promise<void> {
    const sequenceNumber = await fence.streamEnd();
    if (this.#fence === fence) this.#post({ type: "streamEnd", sequenceNumber });
  }

  async #watch(fence: Fence): Promise<void> {
    const { byReader, message } = await fence.lost;
    if (this.#fence === fence) this.#post({ type: "fenceLost", byReader, detail: message });
  }
}
