import type { ServerResponse } from "node:http";
import { AppError } from "#lib/core/app-error.ts";
import type { EpochMs } from "#lib/core/time.ts";
import type { AdmittedCaller } from "./caller.ts";
import { StreamBudget, type StreamLimits, type StreamRoom } from "./stream-budget.ts";

/** One per browser tab. Without sign-in everybody is one caller. */
const mostOfOne = 50;
const mostOfNobody = 2_000;
const megabyte = 1024 * 1024;
/** The largest message, for a group with 1,024 partitions, has about one megabyte. */
const defaultLimits: StreamLimits = { ofOne: 16 * megabyte, ofAll: 64 * megabyte, patienceMs: 10_000 };
/** The longest timer; a stream that is cut early reconnects. */
const longestMs = 2_147_483_647;

/** Nobody knows when a tab closes, so clients ask again each half minute. */
export function tooManyStreams(most: number): AppError {
  return new AppError("tooManyRequests", `${most} streams are open already; close some tabs.`, {
    retryable: true,
    retryAfterSeconds: 30,
  });
}

export type Readmit = () => AdmittedCaller | null;

interface OpenStream {
  caller: AdmittedCaller;
  sessionId: string | null;
  response: ServerResponse;
  readmit: Readmit;
}

export class Streams {
  readonly budget: StreamBudget;
  readonly #open = new Map<string, Set<OpenStream>>();

  constructor(limits: StreamLimits = defaultLimits) {
    this.budget = new StreamBudget(limits);
  }

  /**
   * Holds a place until the response or the caller's time ends. Returns its room in the byte budget.
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

  recheck(): void {
    for (const { caller, response, readmit } of [...this.#open.values()].flatMap((streams) => [...streams])) {
      if (JSON.stringify(readmit()) !== JSON.stringify(caller)) response.destroy();
    }
  }

  cut(callerKey: string, sessionId: string): void {
    for (const stream of [...(this.#open.get(callerKey) ?? [])]) {
      if (stream.sessionId === sessionId) stream.response.destroy();
    }
  }
}
