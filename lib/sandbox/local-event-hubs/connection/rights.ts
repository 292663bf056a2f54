import type { EpochMs } from "#lib/core/time.ts";
import type { Answer } from "../management.ts";
import type { AmqpError } from "../rhea.ts";

const expired: AmqpError = {
  condition: "amqp:unauthorized-access",
  description: "ExpiredToken: The token of this connection has expired, and no other was put.",
};

export const noRights: Answer = { status: 401, error: expired, body: null };

/** How long a connection's tokens are valid. A connection without any token stays in. */
export class ConnectionRights {
  readonly #onExpired: (error: AmqpError) => void;
  #until: EpochMs | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(onExpired: (error: AmqpError) => void) {
    this.#onExpired = onExpired;
  }

  extend(until: EpochMs): void {
    this.#until = Math.max(until, this.#until ?? 0);
    clearTimeout(this.#timer);
    // A timer holds at most 24 days.
    const left = Math.min(this.#until - Date.now(), 2_000_000_000);
    this.#timer = setTimeout(() => this.#onExpired(expired), left).unref();
  }

  hasEnded(now: EpochMs): boolean {
    return this.#until !== null && this.#until <= now;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
