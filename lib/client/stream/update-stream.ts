import type { SnapshotEvent, StreamEvent, StreamQuery } from "#lib/api/stream.ts";
import type { Store } from "#lib/client/browser/store.ts";
import type { StreamPhase, StreamState } from "./stream-state.ts";
import { WholePartitions } from "./whole-partitions.ts";

export type EventName = StreamEvent["event"];
const eventNames: readonly EventName[] = ["snapshot", "reset", "configuration"];

export interface Watch {
  query: StreamQuery;
  onEvent: (event: StreamEvent) => void;
  /**
   * What came before the first opening, since the page was made, was told to nobody (`onOpen`). Anything may
   * have been missed before another one (`onResume`).
   */
  onOpen: () => void;
  onResume: () => void;
}

export interface Source {
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  addEventListener(type: EventName, listener: (event: { data: string }) => void): void;
  close(): void;
}

export interface StreamOptions {
  /** May be held already, before there is a stream to hold. */
  state: Store<StreamState>;
  open: (url: string) => Source;
  /** Null: not understood. `parse` rejects if the parser could not be loaded yet. */
  parse: (name: EventName, data: string) => Promise<StreamEvent | null>;
  now: () => number;
  /** Longer silence means a dead stream: every refresh sends something, even a failed one. */
  silenceMs: number;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
/** A slow hub's stream counts as dead after so many silent rounds. */
const silentRounds = 4;

function secondsOf({ eventHub }: SnapshotEvent): number {
  return eventHub.readEvery?.seconds ?? 0;
}

export function streamUrl(query: StreamQuery): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
  const text = new URLSearchParams(set).toString();
  return text === "" ? "/api/v1/stream" : `/api/v1/stream?${text}`;
}

export class UpdateStream {
  readonly state: Store<StreamState>;
  readonly #options: StreamOptions;
  #watch: Watch | null = null;
  #source: Source | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #missed = false;
  #whole = new WholePartitions();
  #turn: Promise<void> = Promise.resolve();
  #silenceMs: number;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#silenceMs = options.silenceMs;
    this.state = options.state;
  }

  watch(watch: Watch): () => void {
    this.#watch = watch;
    this.#failures = 0;
    this.#missed = false;
    if (!this.#held()) this.#connect("connecting");
    return () => {
      if (this.#watch !== watch) return;
      this.#watch = null;
      this.#disconnect();
      if (!this.#held()) this.#phase("idle");
    };
  }

  pause(): void {
    this.#hold("paused");
  }

  /** The tab is hidden: frees one of the few connections that a browser opens per server. */
  leave(): void {
    if (this.state.get().phase !== "paused") this.#hold("away");
  }

  resume(): void {
    this.#failures = 0;
    this.#missed = true;
    this.#connect("connecting");
  }

  comeBack(): void {
    if (this.state.get().phase === "away") this.resume();
  }

  #held(): boolean {
    const { phase } = this.state.get();
    return phase === "paused" || phase === "away";
  }

  #hold(phase: "paused" | "away"): void {
    this.#disconnect();
    this.#phase(phase);
  }

  #phase(phase: StreamPhase): void {
    const before = this.state.get();
    if (before.phase !== phase) this.state.set({ ...before, phase, since: this.#options.now() });
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #connect(phase: "connecting" | "reconnecting"): void {
    this.#disconnect();
    const watch = this.#watch;
    this.#phase(watch === null ? "idle" : phase);
    if (watch === null) return;
    const source = this.#options.open(streamUrl(watch.query));
    this.#source = source;
    this.#whole = new WholePartitions();
    this.#listenForSilence();
    source.onopen = () => this.#opened(watch);
    source.onerror = () => this.#retry();
    for (const name of eventNames) {
      source.addEventListener(name, ({ data }) => void this.#take(name, data, watch, source));
    }
  }

  #opened(watch: Watch): void {
    this.#failures = 0;
    this.#phase("live");
    if (this.#missed) watch.onResume();
    else watch.onOpen();
    this.#missed = false;
  }

  async #take(name: EventName, data: string, watch: Watch, source: Source): Promise<void> {
    this.#listenForSilence();
    // Without the parser the event is lost, so reconnect.
    const parsed = this.#options.parse(name, data).catch(() => undefined);
    // In order: an event can build on the one before.
    const turn = this.#turn.then(async () => {
      const event = await parsed;
      if (this.#source === source) this.#apply(event, watch);
    });
    this.#turn = turn.catch(() => {});
    await turn;
  }

  #apply(event: StreamEvent | null | undefined, watch: Watch): void {
    if (event === undefined) this.#retry();
    else if (event === null) this.state.set({ ...this.state.get(), outdated: true });
    else if (event.event !== "snapshot") watch.onEvent(event);
    else {
      const data = this.#whole.take(event.data);
      if (data === null) {
        this.#retry();
        return;
      }
      this.#silenceMs = Math.max(this.#options.silenceMs, silentRounds * secondsOf(data) * 1000);
      this.#listenForSilence();
      watch.onEvent({ ...event, data });
    }
  }

  #listenForSilence(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#retry(), this.#silenceMs);
  }

  #retry(): void {
    this.#disconnect();
    this.#missed = true;
    this.#phase("reconnecting");
    const pause = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures);
    this.#failures += 1;
    // Up to a quarter more, so that viewers don't all return at once.
    this.#timer = setTimeout(() => this.#connect("reconnecting"), pause * (1 + Math.random() / 4));
  }
}
