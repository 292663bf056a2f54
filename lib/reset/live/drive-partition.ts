import type { ContainerClient } from "@azure/storage-blob";
import { withoutRetries } from "#lib/checkpoint-store/group-listing.ts";
import type { ListedBlob } from "#lib/checkpoint-store/list-blobs.ts";
import type { FenceAnswer, FenceOptions } from "#lib/event-hub/fence.ts";
import type { EntryChange } from "#lib/history/resets/note-reset.ts";
import type { BeforeImage, WrittenCheckpoint } from "#lib/history/resets/reset-record.ts";
import { replaced } from "../apply/before-image.ts";
import { type OwnReset, ResetLost } from "../apply/own-reset.ts";
import { writeEntry } from "../apply/write-entry.ts";
import { withLevel } from "./break-off.ts";
import type { GroupWatch, Look } from "./group-watch.ts";
import { claim, type Hold, rewrite } from "./hold-blob.ts";
import { FenceHolder } from "./hold-fence.ts";
import type { LiveLimits } from "./limits.ts";
import { lookEveryMs } from "./look-pace.ts";
import { toRecord } from "./progress.ts";
import { type LivePartition, sightingIn } from "./sighting.ts";
import type { LiveEffect, LiveEvent } from "./signals.ts";
import type { LiveState } from "./state.ts";
import { nextTurn } from "./table.ts";
import { type Turn, turn } from "./turn.ts";

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
}

/** Runs the machine of one partition: stores each step, does what it asks for, and hands it what comes of it. */
export class PartitionDrive {
  readonly #options: DriveOptions;
  readonly #events: LiveEvent[] = [];
  readonly #hold: Hold;
  readonly #fence: FenceHolder;
  readonly #writer: ContainerClient;
  #state: LiveState;
  #wake: (() => void) | null = null;
  #tickAt = 0;
  #stored = "";
  /** False: nothing can be stored any more; what is held is given back, and no more than that. */
  #isRecorded = true;
  /** As they were listed last, by their etags: a write's before-image is the very one that it replaces. */
  readonly #blobs = new Map<string, ListedBlob>();
  #before: BeforeImage | null = null;
  #after: WrittenCheckpoint | null = null;

  constructor(state: LiveState, options: DriveOptions) {
    const { container, partition, expirationSeconds, openFence, lastSequenceNumber } = options;
    const { partitionId } = partition.write;
    this.#state = state;
    this.#options = options;
    this.#writer = withoutRetries(container);
    this.#hold = {
      container: this.#writer,
      blobName: partition.ownershipBlob,
      partitionId,
      ownerId: state.ownerId,
      expirationSeconds,
      heldOff: state.heldOff,
    };
    this.#fence = new FenceHolder(openFence, { partitionId, lastSequenceNumber }, (event) =>
      this.post(event),
    );
  }

  post(event: LiveEvent): void {
    this.#events.push(event);
    this.#wake?.();
  }

  /** To its end. @throws ResetLost where it could not be recorded; nothing is held any more then either */
  async run(first: LiveEvent): Promise<LiveState> {
    const { watch, limits } = this.#options;
    const unsubscribe = watch.subscribe(
      (look) => this.#see(look),
      () => lookEveryMs(this.#state, limits, Date.now()),
    );
    const onLost = () => this.#loseRecord();
    this.#options.own.lost.addEventListener("abort", onLost, { once: true });
    try {
      this.post(first);
      while (this.#state.step !== "ended") await this.#take(await this.#next());
    } finally {
      this.#options.own.lost.removeEventListener("abort", onLost);
      unsubscribe();
    }
    if (!this.#isRecorded) throw new ResetLost("its steps could not be recorded");
    return this.#state;
  }

  /** However many looks come in, time is told in between: what is due hangs on it. */
  async #next(): Promise<LiveEvent> {
    if (this.#events.length === 0 && Date.now() < this.#tickAt) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, tickMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    if (Date.now() < this.#tickAt) return this.#events.shift() ?? { type: "tick" };
    this.#tickAt = Date.now() + tickMs;
    return { type: "tick" };
  }

  #see(look: Look): void {
    const { partition } = this.#options;
    const sighting = sightingIn(look, partition);
    const blob = look.listing.blobs.get(partition.write.blobName);
    if (blob !== undefined) this.#remember(blob);
    if (sighting.checkpoint?.isOurs && blob !== undefined) {
      const { sequenceNumber, offset } = partition.write;
      const { etag, updatedAt } = blob;
      this.#after = { etag, updatedAt, sequenceNumber, offset };
    }
    this.post({ type: "seen", sighting });
  }

  #remember(blob: ListedBlob): void {
    this.#blobs.set(blob.etag, blob);
    for (const etag of this.#blobs.keys()) if (this.#blobs.size > keptBlobs) this.#blobs.delete(etag);
  }

  async #take(event: LiveEvent): Promise<void> {
    const before = this.#state;
    const next = nextTurn(before, event, { now: Date.now(), limits: this.#options.limits });
    const isStored = await this.#store(next);
    const { state, effects } = isStored ? next : withoutBeginnings(next);
    this.#state = state;
    for (const effect of effects) void this.#do(effect).catch((error: unknown) => this.#fail(effect, error));
  }

  /** False: it could not be stored, so nothing of it may be begun. */
  async #store({ state, effects }: Turn): Promise<boolean> {
    if (!this.#isRecorded) return false;
    const { limits, own, partition, container } = this.#options;
    const { partitionId } = partition.write;
    const live = toRecord(state, limits);
    const text = JSON.stringify(live);
    if (text === this.#stored) return true;
    const change: EntryChange = {
      partitionId,
      live,
      message: withLevel(state, state.broken?.message ?? null),
    };
    try {
      const writing = effects.find((effect) => effect.do === "write");
      if (writing !== undefined) {
        const { etag } = writing.base;
        const sight = { blob: (etag !== null && this.#blobs.get(etag)) || null, lastOwnerId: state.heldOff };
        const stood = await replaced(container, partition.write, sight);
        this.#before = stood.before;
        Object.assign(change, { result: "writing", ...stood });
      }
      if (state.end !== null) {
        const { result, message } = state.end;
        Object.assign(change, { result, message, after: state.hasStood ? this.#after : null });
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
    this.post({ type: "breakOff", message: "Its steps can't be recorded any more.", isHurried: true });
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
      case "look":
        return this.#options.watch.lookSoon();
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
    const { code, message } = answer.error;
    const isCertain =
      code === "azureUnauthorized" || code === "invalidRequest" || code === "containerNotFound";
    return isCertain ? { type: "writeFailed", message } : { type: "writeLost" };
  }

  /** Whoever has lost the reset begins nothing more: its own answer says what the machine is to do. */
  async #confirm(): Promise<void> {
    await this.#options.own.confirm();
  }

  /** The machine waits for an answer to what it asked for, also where there was none to be had. */
  #fail(effect: LiveEffect, error: unknown): void {
    const isLost = error instanceof ResetLost;
    const message = error instanceof Error ? error.message : String(error);
    const answer = answerOf(effect, message, isLost);
    if (answer !== null) this.post(answer);
    if (isLost) this.#loseRecord();
    else
      this.post({
        type: "breakOff",
        message: `It failed inside the dashboard: ${message}`,
        isHurried: false,
      });
  }
}

/** @param wasNotSent nothing was asked of anybody */
function answerOf(effect: LiveEffect, message: string, wasNotSent: boolean): LiveEvent | null {
  switch (effect.do) {
    case "claim":
      return { type: wasNotSent ? "claimLost" : "claimFailed", message };
    case "write":
      return { type: wasNotSent ? "writeRefused" : "writeLost" };
    case "renew":
      return { type: "renewFailed" };
    case "release":
      return { type: "releaseFailed" };
    case "attach":
      return { type: "attachFailed", message, isClean: wasNotSent };
    case "close":
    case "clearLevel":
      return { type: "closed", isClean: false };
    case "look":
      return null;
  }
}

const beginnings: ReadonlySet<LiveEffect["do"]> = new Set(["claim", "attach", "write", "renew"]);

/** What could not be stored is not begun; giving back goes on. */
function withoutBeginnings({ state, effects }: Turn): Turn {
  const dropped = new Set(effects.map((effect) => effect.do).filter((kind) => beginnings.has(kind)));
  return turn(
    state,
    {
      ...(dropped.has("claim") || dropped.has("write") ? { awaiting: null } : {}),
      ...(dropped.has("attach") ? { fence: "none" as const } : {}),
      ...(dropped.has("renew") ? { isRenewing: false } : {}),
    },
    ...effects.filter((effect) => !beginnings.has(effect.do)),
  );
}
