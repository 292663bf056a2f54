import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { abortController, withLimit } from "#lib/event-hub/with-limit.ts";

const never = () => new Promise<never>(() => {});

it("returns the result or the failure, and leaves no listener behind", async () => {
  const { signal } = abortController();
  expect(await withLimit(signal, 1000, async () => 7)).toBe(7);
  await expect(withLimit(signal, 1000, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("gives up after the limit, even if the call does not listen", async () => {
  const { signal } = abortController();
  let inner: AbortSignal | undefined;
  const run = (given: AbortSignal) => {
    inner = given;
    return never();
  };
  await expect(withLimit(signal, 5, run)).rejects.toMatchObject({ name: "TimeoutError" });
  expect(inner?.aborted).toBe(true);
});

it("gives up with the outer signal's reason, before and during the call", async () => {
  const outer = abortController();
  const reason = new Error("enough");
  const waiting = withLimit(outer.signal, 10_000, never);
  outer.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(withLimit(outer.signal, 10_000, async () => 7)).rejects.toBe(reason);
});
