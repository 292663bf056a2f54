import { setTimeout as wait } from "node:timers/promises";

/** Returns false when the promise has not settled within the time. */
export async function isOver(running: Promise<unknown>, withinMs: number): Promise<boolean> {
  const stop = new AbortController();
  const waited = wait(withinMs, false, { signal: stop.signal }).catch(() => false);
  const isSettled = await Promise.race([running.then(() => true), waited]);
  stop.abort();
  return isSettled;
}
