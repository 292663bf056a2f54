/**
 * How long an offline reset tries again what fails for a passing reason: a busy store, a time-out, a broken
 * connection. `tries` counts the first one too. Nothing is tried again later than `forMs`.
 */
export interface Patience {
  tries: number;
  forMs: number;
  pauseMs(tried: number): number;
}

/**
 * Outlasts what a storage account's throttling and failovers usually take. The pauses stay shorter than the shortest
 * renewal interval: the look after each of them finds who claimed at the moment of a write.
 */
export const shippedPatience: Patience = {
  tries: 10,
  forMs: 30_000,
  pauseMs: (tried) => Math.min(3_000, 700 * 2 ** (tried - 1)),
};
