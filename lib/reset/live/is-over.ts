import { setTimeout as wait } from "node:timers/promises";

export async function isOver(running: Promise<unknown>, withinMs: number): Promise<boolean> {
  const stop = new AbortController();
  const waited = wait(withinMs, false, { signal: stop.signal }).catch(() => false);
  const isSettled = await Promise.race([running.then(() => true), waited]);
  stop.abort();
  return isSettled;
}
