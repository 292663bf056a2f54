/** How long an offline reset tries again what fails for a passing reason: a busy store, a time-out, a broken connection. */
export interface Patience {
  /** In all, the first included. */
  tries: number;
  /** Nothing is tried again later than this. */
  forMs: number;
  /** Before the next try. @param tried so far */
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
