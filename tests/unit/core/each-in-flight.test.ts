import { expect, it } from "vitest";
import { eachInFlight } from "#lib/core/each-in-flight.ts";

it("keeps the order of the items and the limit of parallel runs", async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 50 }, (_, index) => index);
  const results = await eachInFlight(items, 8, async (item) => {
    running += 1;
    most = Math.max(most, running);
    for (let tick = 0; tick <= (item * 7) % 5; tick += 1) await Promise.resolve();
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(8);
});

it("runs nothing for an empty list, and at least one at a time", async () => {
  expect(await eachInFlight([], 8, async () => 1)).toEqual([]);
  expect(await eachInFlight([1, 2], 0, async (item) => item)).toEqual([1, 2]);
});
