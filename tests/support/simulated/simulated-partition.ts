import { reason } from "#lib/api/reasons/reason.ts";
import type { LiveLimits } from "#lib/reset/live/limits.ts";
import type { LiveState } from "#lib/reset/live/state.ts";
import { nextTurn } from "#lib/reset/live/table.ts";
import { observeEveryMs } from "#lib/reset/live/watch/observe-pace.ts";
import type { LiveEffect, LiveEvent } from "#lib/reset/live/watch/signals.ts";
import type { Script } from "./live-script.ts";
import { SimulatedReaders, stepMs } from "./simulated-readers.ts";

const own = "tidemark-own";

/** A partition, its blobs, its processors and a fence, under a clock that this class drives. */
export class SimulatedPartition {
  now = 0;
  checkpoint: { etag: number; sequenceNumber: number; isOurs: boolean } | null;
  ownership: { etag: number; ownerId: string };
  fence = false;
  log: string[] = [];
  readonly #script: Script;
  readonly #pending: { at: number; event: () => LiveEvent | null }[] = [];
  /** Requests with lost answers arrive even if their sender is gone, and up to seconds later. */
  readonly #arrivals: { at: number; apply: () => void }[] = [];
  #heldOff: string | null = null;
  #etag = 1;
  #requests = 0;
  readonly #readers: SimulatedReaders;
  #returnAt: number | null = null;

  constructor(script: Script) {
    this.#script = script;
    const { before } = script;
    this.checkpoint = before === null ? null : { etag: 1, sequenceNumber: before, isOurs: false };
    this.ownership = { etag: 1, ownerId: "old" };
    this.#readers = new SimulatedReaders(script, this);
  }

  run(
    state: LiveState,
    limits: LiveLimits,
    first: LiveEvent,
    untilMs: number,
    killAtMs = Infinity,
  ): LiveState {
    let current = this.#take(state, first, limits);
    while (current.step !== "ended" && this.now < untilMs) {
      this.now += stepMs;
      if (this.now >= killAtMs) return current;
      this.advance();
      for (const event of this.#due()) current = this.#take(current, event, limits);
      current = this.#take(current, { type: "tick" }, limits);
      const everyMs = Math.min(limits.closeObserveMs, observeEveryMs(current, limits, this.now));
      if (this.now % everyMs < stepMs) current = this.#look(current, limits);
    }
    return current;
  }

  idle(ms: number): void {
    for (const end = this.now + ms; this.now < end; this.now += stepMs) this.advance();
  }

  /** Ends the dashboard without another word: its requests stay unanswered, and its connection closes. */
  kill(): void {
    this.#pending.length = 0;
    this.fence = false;
  }

  advance(): void {
    for (const { apply } of this.#arrivals.filter(({ at }) => this.#isAt(at))) apply();
    if (!this.#isDown()) this.#readers.advance();
    const { stolenAtMs } = this.#script;
    if (stolenAtMs !== null && this.#isAt(stolenAtMs)) {
      this.ownership = { etag: this.#nextEtag(), ownerId: "thief" };
      this.#start("thief");
    }
    this.#comeBack();
  }

  #isAt(at: number): boolean {
    return this.now >= at && this.now - stepMs < at;
  }

  get starts(): number[] {
    return this.#readers.starts;
  }

  standsAt(): number | null {
    return this.checkpoint?.sequenceNumber ?? null;
  }

  store(id: string, sequenceNumber: number): void {
    this.checkpoint = { etag: this.#nextEtag(), sequenceNumber, isOurs: false };
    this.log.push(`${this.now} ${id} ${sequenceNumber}`);
  }

  #start(id: string): void {
    this.#readers.start(id);
    this.log.push(`${this.now} ${id} claims, begun at ${this.starts.join(" ")}`);
  }

  #comeBack(): void {
    const { returnsAfterMs, isSameOwner } = this.#script;
    if (returnsAfterMs === null || this.ownership.ownerId !== "" || this.#isDown()) {
      this.#returnAt = null;
      return;
    }
    this.#returnAt ??= this.now + returnsAfterMs;
    if (this.now < this.#returnAt) return;
    const id = isSameOwner ? "old" : "new";
    this.ownership = { etag: this.#nextEtag(), ownerId: id };
    this.#start(id);
  }

  #take(state: LiveState, event: LiveEvent, limits: LiveLimits): LiveState {
    const next = nextTurn(state, event, { now: this.now, limits });
    for (const effect of next.effects) this.#act(effect, next.state);
    return next.state;
  }

  #look(state: LiveState, limits: LiveLimits): LiveState {
    if (this.#isDown()) return state;
    return this.#take(state, this.#observed(), limits);
  }

  #observed(): LiveEvent {
    const checkpoint = this.checkpoint && {
      ...this.checkpoint,
      etag: String(this.checkpoint.etag),
      writtenBy: null,
    };
    const ownership = { ...this.ownership, etag: String(this.ownership.etag) };
    const othersHeld = this.now < this.#script.othersHeldUntilMs;
    return { type: "observed", observation: { askedAt: this.now, checkpoint, ownership, othersHeld } };
  }

  #due(): LiveEvent[] {
    const { thrownOutAtMs, connectionLostAtMs, stoppedAtMs } = this.#script;
    const events: LiveEvent[] = [];
    const due = this.#pending.filter(({ at }) => at <= this.now);
    for (const each of due) {
      this.#pending.splice(this.#pending.indexOf(each), 1);
      const event = each.event();
      if (event !== null) events.push(event);
    }
    const lose = (at: number | null, byReader: boolean) => {
      if (at === null || !this.#isAt(at) || !this.fence) return;
      this.fence = false;
      events.push({ type: "fenceLost", byReader, detail: "lost" });
    };
    lose(thrownOutAtMs, true);
    lose(connectionLostAtMs, false);
    if (stoppedAtMs !== null && this.#isAt(stoppedAtMs))
      events.push({ type: "breakOff", reason: reason("dashboardStoppedAmid"), isHurried: true });
    return events;
  }

  #act(effect: LiveEffect, state: LiveState): void {
    switch (effect.do) {
      case "claim":
        this.#claim();
        break;
      case "renew":
        this.#own(effect.etag, own, (etag) => ({ type: "renewed", etag }), { type: "renewFailed" });
        break;
      case "release":
        this.#own(effect.etag, "", (etag) => ({ type: "released", etag }), { type: "releaseFailed" });
        break;
      case "attach":
        this.#attach(effect.ownerLevel);
        break;
      case "close":
      case "clearLevel":
        this.#soon(() => this.#close());
        break;
      case "observe":
        this.#soon(() => (this.#isDown() ? null : this.#observed()));
        break;
      case "write":
        this.#write(effect.base.etag, state);
        break;
    }
  }

  #close(): LiveEvent {
    this.fence = false;
    return { type: "closed", isClean: true };
  }

  #attach(ownerLevel: number): void {
    const { higherLevel } = this.#script;
    this.#soon(() => {
      if (higherLevel !== null && ownerLevel < higherLevel)
        return { type: "refused", ownerLevel: higherLevel, detail: "refused" };
      this.fence = true;
      this.#readers.detach();
      const sequenceNumber = this.#readers.last();
      const event = (): LiveEvent => ({ type: "streamEnd", sequenceNumber });
      this.#pending.push({ at: this.now + 4 * stepMs, event });
      return { type: "attached" };
    });
  }

  #claim(): void {
    const before = this.ownership.ownerId;
    if (before === own) {
      const previous = this.#heldOff;
      this.#soon(() => ({ type: "claimed", etag: String(this.ownership.etag), previous }));
      return;
    }
    this.#heldOff = before || null;
    const apply = () => {
      this.ownership = { etag: this.#nextEtag(), ownerId: own };
    };
    this.#storage(
      apply,
      () => ({ type: "claimed", etag: String(this.ownership.etag), previous: before || null }),
      { type: "claimRefused", because: reason("ownershipRefused", { condition: "412" }) },
      { type: "claimFailed", because: reason("failedInside", { detail: "timeout" }) },
    );
  }

  /**
   * Renews or gives back. When that is refused or its answer lost, the blob decides, as in the real effect.
   */
  #own(etag: string, ownerId: string, done: (etag: string) => LiveEvent, failed: LiveEvent): void {
    const isOurs = () => this.ownership.ownerId === own || (ownerId === "" && this.ownership.ownerId === "");
    const decide = (): LiveEvent =>
      isOurs()
        ? this.ownership.ownerId === ownerId
          ? done(String(this.ownership.etag))
          : failed
        : { type: "ousted", because: reason("ownershipTaken", { ownerId: this.ownership.ownerId }) };
    this.#storage(
      () => {
        if (String(this.ownership.etag) === etag) this.ownership = { etag: this.#nextEtag(), ownerId };
      },
      decide,
      failed,
      failed,
      decide,
    );
  }

  #write(base: string | null, { target }: LiveState): void {
    let wasRefused = false;
    this.#storage(
      () => {
        const standing = this.checkpoint === null ? null : String(this.checkpoint.etag);
        wasRefused = standing !== base;
        if (wasRefused) return;
        this.checkpoint = { etag: this.#nextEtag(), sequenceNumber: target, isOurs: true };
        this.log.push(`${this.now} ours ${target}`);
      },
      () => (wasRefused ? { type: "writeRefused" } : { type: "written" }),
      { type: "writeRefused" },
      { type: "writeLost" },
    );
  }

  #storage(
    apply: () => void,
    done: () => LiveEvent,
    refused: LiveEvent,
    failed: LiveEvent,
    afterFault?: () => LiveEvent,
  ): void {
    const fault = this.#script.storageFaults.get(this.#requests++);
    if (this.#isDown() || fault === "requestLost") {
      this.#pending.push({ at: this.now + 2_000, event: () => failed });
      return;
    }
    if (fault === "refused") {
      this.#soon(() => refused);
      return;
    }
    if (fault === "answerLost") {
      this.#arrivals.push({ at: this.now + 1_500, apply });
      this.#pending.push({ at: this.now + 2_000, event: () => afterFault?.() ?? failed });
      return;
    }
    this.#soon(() => {
      apply();
      return done();
    });
  }

  #soon(event: () => LiveEvent | null): void {
    this.#pending.push({ at: this.now + stepMs, event });
  }

  #isDown(): boolean {
    const { fromMs, forMs } = this.#script.storageDown;
    return this.now >= fromMs && this.now < fromMs + forMs;
  }

  #nextEtag(): number {
    return ++this.#etag;
  }
}
