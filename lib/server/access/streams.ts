import type { ServerResponse } from "node:http";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { AdmittedCaller } from "./caller.ts";
import { StreamBudget, type StreamLimits, type StreamRoom } from "./stream-budget.ts";

/** A browser tab holds one; and where nobody signs in, everybody is one caller. */
const mostOfOne = 50;
const mostOfNobody = 2_000;
const megabyte = 1024 * 1024;
/** The largest messages, of a group with 1,024 partitions, have about one. */
const defaultLimits: StreamLimits = { ofOne: 16 * megabyte, ofAll: 64 * megabyte, patienceMs: 10_000 };
/** Timers go no further; a stream that is cut off early is opened anew by its viewer. */
const longestMs = 2_147_483_647;

/** A place comes free when a tab is closed: nobody can say when, so a client that waits asks each half minute. */
export function tooManyStreams(most: number): AppError {
  return new AppError("tooManyRequests", `${most} streams are open already; close some tabs.`, {
    retryable: true,
    retryAfterSeconds: 30,
  });
}

/** Who somebody is by the access that holds now; null: nobody that is let in. */
export type Readmit = () => AdmittedCaller | null;

interface OpenStream {
  caller: AdmittedCaller;
  sessionId: string | null;
  response: ServerResponse;
  readmit: Readmit;
}

/** The open streams: so many for each caller, and none that outlives the session it was opened with. */
export class Streams {
  readonly budget: StreamBudget;
  readonly #open = new Map<string, Set<OpenStream>>();

  constructor(limits: StreamLimits = defaultLimits) {
    this.budget = new StreamBudget(limits);
  }

  /**
   * Holds a place until the response is over, or the caller's time is. Answers its room in the budget of bytes.
   * @throws AppError `tooManyRequests`
   */
  hold(
    caller: AdmittedCaller,
    sessionId: string | null,
    response: ServerResponse,
    now: EpochMs,
    readmit: Readmit = () => caller,
  ): StreamRoom {
    const streams = this.#open.get(caller.key) ?? new Set();
    const most = caller.kind === "nobody" ? mostOfNobody : mostOfOne;
    if (streams.size >= most) {
      throw tooManyStreams(most);
    }
    const stream: OpenStream = { caller, sessionId, response, readmit };
    streams.add(stream);
    this.#open.set(caller.key, streams);
    const end =
      caller.until === null
        ? undefined
        : setTimeout(() => response.destroy(), Math.min(longestMs, caller.until - now));
    const room = this.budget.open(caller.key, caller.kind === "nobody", () => response.destroy());
    response.once("close", () => {
      clearTimeout(end);
      room.leave();
      streams.delete(stream);
      if (streams.size === 0 && this.#open.get(caller.key) === streams) this.#open.delete(caller.key);
    });
    return room;
  }

  /** Cuts off those who may not do any more what they might when they came, or may do other things now. */
  recheck(): void {
    for (const { caller, response, readmit } of [...this.#open.values()].flatMap((streams) => [...streams])) {
      if (JSON.stringify(readmit()) !== JSON.stringify(caller)) response.destroy();
    }
  }

  /** Cuts off what a session that was signed out of has left open. */
  cut(callerKey: string, sessionId: string): void {
    for (const stream of [...(this.#open.get(callerKey) ?? [])]) {
      if (stream.sessionId === sessionId) stream.response.destroy();
    }
  }
}
