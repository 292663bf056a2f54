import type { ContainerClient } from "@azure/storage-blob";
import { failureOf, reason } from "#lib/api/reasons/reason.ts";
import { withoutRetries } from "#lib/checkpoint-store/listing/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/listing/listed-blob.ts";
import { wasRefused } from "#lib/checkpoint-store/storage-error.ts";
import { AppError } from "#lib/core/app-error.ts";
import type { Clock } from "#lib/core/time.ts";
import type { FenceAnswer, FenceOptions } from "#lib/event-hub/fence.ts";
import type { EntryChange } from "#lib/history/resets/note-reset.ts";
import type { BeforeImage, WrittenCheckpoint } from "#lib/history/resets/reset-record.ts";
import { withLevel } from "#lib/reset/live/steps/break-off.ts";
import type { GroupObservation, GroupWatch } from "#lib/reset/live/watch/group-watch.ts";
import { observeEveryMs } from "#lib/reset/live/watch/observe-pace.ts";
import { type LivePartition, observePartition } from "#lib/reset/live/watch/observe-partition.ts";
import type { LiveEffect, LiveEvent } from "#lib/reset/live/watch/signals.ts";
import { replaced } from "../apply/before-image.ts";
import { type OwnReset, ResetLost } from "../apply/own-reset.ts";
import { writeEntry } from "../apply/write-entry.ts";
import { answerOf, withoutBeginnings } from "./effect-failure.ts";
import { claim, type Hold, rewrite } from "./hold-blob.ts";
import { FenceHolder } from "./hold-fence.ts";
import { isOver } from "./is-over.ts";
import type { LiveLimits } from "./limits.ts";
import { toRecord } from "./progress.ts";
import { type EndedState, knownOf, type LiveState } from "./state.ts";
import { isBeforeRelease, isHeld, nextTurn, renewal } from "./table.ts";
import type { Turn, TurnContext } from "./turn.ts";

const tickMs = 200;
const keptBlobs = 20;

export interface DriveOptions {
  own: OwnReset;
  container: ContainerClient;
  watch: GroupWatch;
  partition: LivePartition;
  limits: LiveLimits;
  expirationSeconds: number;
  openFence(options: Omit<FenceOptions, "consumerGroup">): Promise<FenceAnswer>;
  lastSequenceNumber: number | null;
  /** The checkpoint that an earlier run wrote. */
  after: WrittenCheckpoint | null;
  clock: Clock;
}

/** Runs one partition's machine: stores each step, performs its effects, and passes on their answers. */
export class PartitionDrive {
  readonly #options: DriveOptions;
  readonly #events: LiveEvent[] = [];
  readonly #hold: Hold;
  readonly #fence: FenceHolder;
  readonly #writer: ContainerClient;
  readonly #now: Clock;
  #state: LiveState;
  #wake: (() => void) | null = null;
  #tickAt = 0;
  #stored = "";
  /** False when nothing can be stored any more: we only release what we hold. */
  #isRecorded = true;
  /** The last listed blobs by etag. A write stores the blob that it replaces from here. */
  readonly #blobs = new Map<string, ListedBlob>();
  #before: BeforeImage | null = null;
  #after: WrittenCheckpoint | null;

  constructor(state: LiveState, options: DriveOptions) {
    const { container, partition, expirationSeconds, lastSequenceNumber } = options;
    const { partitionId } = partition.write;
    this.#state = state;
    this.#options = options;
    this.#now = options.clock;
    this.#after = options.after;
    this.#writer = withoutRetries(container);
    this.#hold = {
      container: this.#writer,
      blobName: partition.ownershipBlob,
      partitionId,
      ownerId: state.ownerId,
      expirationSeconds,
      heldOff: knownOf(state).heldOff,
    };
    this.#fence = new FenceHolder(
      (options) => this.#openFence(options),
      { partitionId, lastSequenceNumber },
      (event) => this.post(event),
    );
  }

  get isBeforeRelease(): boolean {
    return isBeforeRelease(this.#state);
  }

  post(event: LiveEvent): void {
    this.#events.push(event);
    this.#wake?.();
  }

  /** Runs to the end, and holds nothing afterwards. @throws ResetLost if the end could not be recorded */
  async run(first: LiveEvent): Promise<EndedState> {
    const { watch, limits } = this.#options;
    const unsubscribe = watch.subscribe(
      (observed) => this.#see(observed),
      () => observeEveryMs(this.#state, limits, this.#now()),
    );
    const onLost = () => this.#loseRecord();
    this.#options.own.lost.addEventListener("abort", onLost, { once: true });
    try {
      this.post(first);
      let state = this.#state;
      while (state.step !== "ended") state = await this.#take(await this.#next());
      if (this.#isRecorded) return state;
    } finally {
      this.#options.own.lost.removeEventListener("abort", onLost);
      unsubscribe();
    }
    throw new ResetLost("its steps could not be recorded");
  }

  /** Ticks between observations, however many there are: renewals wait for a tick. */
  async #next(): Promise<LiveEvent> {
    if (this.#events.length === 0 && this.#now() < this.#tickAt) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, tickMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    if (this.#now() < this.#tickAt) return this.#events.shift() ?? { type: "tick" };
    this.#tickAt = this.#now() + tickMs;
    return { type: "tick" };
  }

  #see(observed: GroupObservation): void {
    const { partition } = this.#options;
    const observation = observePartition(observed, partition);
    const blob = observed.listing.blobs.get(partition.write.blobName);
    if (blob !== undefined) this.#remember(blob);
    if (observation.checkpoint?.isOurs && blob !== undefined) {
      const { sequenceNumber, offset } = partition.write;
      const { etag, updatedAt } = blob;
      this.#after = { etag, updatedAt, sequenceNumber, offset };
    }
    this.post({ type: "observed", observation });
  }

  #remember(blob: ListedBlob): void {
    this.#blobs.set(blob.etag, blob);
    for (const etag of this.#blobs.keys()) if (this.#blobs.size > keptBlobs) this.#blobs.delete(etag);
  }

  async #take(event: LiveEvent): Promise<LiveState> {
    const next = nextTurn(this.#state, event, this.#context());
    const isRenewal = (effect: LiveEffect) => effect.do === "renew" && this.#isRecorded;
    for (const effect of next.effects.filter(isRenewal)) this.#begin(effect);
    const rest = { state: next.state, effects: next.effects.filter((effect) => !isRenewal(effect)) };
    const storing = this.#store(next);
    while (!(await isOver(storing, tickMs))) rest.state = this.#renew(rest.state);
    const { state, effects } = (await storing) ? rest : withoutBeginnings(rest);
    this.#state = state;
    for (const effect of effects) this.#begin(effect);
    return state;
  }

  #context(): TurnContext {
    return { now: this.#now(), limits: this.#options.limits };
  }

  #begin(effect: LiveEffect): void {
    void this.#do(effect).catch((error: unknown) => this.#fail(effect, error));
  }

  /**
   * Renews the claim while the step is still being saved, since the database may take longer than a claim
   * lasts. Renewals are never stored.
   */
  #renew(state: LiveState): LiveState {
    const answer = this.#events.find((event) => event.type === "renewed" || event.type === "renewFailed");
    const isTaken = answer !== undefined && isHeld(state);
    if (isTaken) this.#events.splice(this.#events.indexOf(answer), 1);
    const { state: renewed, effects } = renewal(state, isTaken ? answer : null, this.#context());
    for (const effect of effects) this.#begin(effect);
    return renewed;
  }

  /** Returns false if the step could not be stored: then none of its effects may begin. */
  async #store({ state, effects }: Turn): Promise<boolean> {
    if (!this.#isRecorded) return false;
    const { limits, own, partition, container } = this.#options;
    const { partitionId } = partition.write;
    const live = toRecord(state, limits);
    const text = JSON.stringify(live);
    if (text === this.#stored) return true;
    const known = knownOf(state);
    const change: EntryChange = {
      partitionId,
      live,
      reason: withLevel(known, known.broken?.reason ?? null),
    };
    try {
      const writing = effects.find((effect) => effect.do === "write");
      if (writing !== undefined) {
        const { etag } = writing.base;
        const observation = {
          blob: (etag !== null && this.#blobs.get(etag)) || null,
          lastOwnerId: known.heldOff,
        };
        const stood = await replaced(container, partition.write, observation);
        this.#before = stood.before;
        Object.assign(change, { result: "writing", ...stood });
      }
      if (state.step === "holding" && state.hasStood) change.after = this.#after;
      if (state.step === "ended") {
        const { result, reason: why } = state.end;
        Object.assign(change, { result, reason: why, after: state.hasStood ? this.#after : null });
      }
      await own.note([change]);
      this.#stored = text;
      return true;
    } catch (error) {
      if (!(error instanceof ResetLost)) throw error;
      this.#loseRecord();
      return false;
    }
  }

  #loseRecord(): void {
    if (!this.#isRecorded) return;
    this.#isRecorded = false;
    this.post({ type: "breakOff", reason: reason("notRecorded"), isHurried: true });
  }

  async #do(effect: LiveEffect): Promise<void> {
    switch (effect.do) {
      case "claim":
        await this.#confirm();
        return this.post(await claim(this.#hold));
      case "renew":
        return this.post(await rewrite(this.#hold, effect.etag, this.#hold.ownerId));
      case "release":
        return this.post(await rewrite(this.#hold, effect.etag, ""));
      case "attach":
        return this.#fence.attach(effect.ownerLevel);
      case "close":
        return this.#fence.close();
      case "clearLevel":
        return this.#fence.clearLevel(effect.ownerLevel);
      case "observe":
        return this.#options.watch.observeSoon();
      case "write":
        return this.post(await this.#write(effect.base.etag));
    }
  }

  async #write(etag: string | null): Promise<LiveEvent> {
    await this.#confirm();
    const { resetId, write } = this.#options.partition;
    const noted = { resetId, write: { ...write, etag }, before: this.#before };
    const answer = await writeEntry(this.#writer, noted);
    if (answer.answer === "written") {
      this.#after = answer.written;
      return { type: "written" };
    }
    if (answer.answer === "refused") return { type: "writeRefused" };
    const isCertain = wasRefused(answer.error) && answer.error.code !== "azureThrottled";
    if (!isCertain) return { type: "writeLost" };
    return { type: "writeFailed", reason: reason("nothingWritten", { because: failureOf(answer.error) }) };
  }

  /** Never throws a processor out for a reset that another dashboard has taken over. */
  async #openFence(options: Omit<FenceOptions, "consumerGroup">): Promise<FenceAnswer> {
    try {
      await this.#confirm();
    } catch (cause) {
      this.#loseRecord();
      const error = new AppError("conflict", cause instanceof Error ? cause.message : String(cause));
      return { answer: "failed", error, isClean: true };
    }
    return this.#options.openFence(options);
  }

  async #confirm(): Promise<void> {
    await this.#options.own.confirm();
  }

  /** Answers failed effects too, since the machine waits for each. */
  #fail(effect: LiveEffect, error: unknown): void {
    const isLost = error instanceof ResetLost;
    const detail = error instanceof Error ? error.message : String(error);
    const why = isLost ? reason("takenOver") : reason("failedInside", { detail });
    const answer = answerOf(effect, why, isLost);
    if (answer !== null) this.post(answer);
    if (isLost) this.#loseRecord();
    else this.post({ type: "breakOff", reason: why, isHurried: false });
  }
}
