import fc from "fast-check";
import { expect, it } from "vitest";
import type { ReadEvent } from "#lib/event-hub/read-event.ts";
import { stepBack } from "#lib/event-hub/step-back.ts";

const event = (sequenceNumber: number): ReadEvent => ({
  sequenceNumber,
  offset: `o${sequenceNumber}`,
  enqueuedAt: sequenceNumber,
});

function partitionOf(numbers: readonly number[]) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const asked = { readings: 0, events: 0 };
  const readFrom = async (from: number, until: number) => {
    asked.readings += 1;
    const rest = sorted.filter((one) => one >= from);
    const last = rest.findIndex((one) => one >= until);
    const read = last < 0 ? rest : rest.slice(0, last + 1);
    asked.events += read.length;
    return read.map(event);
  };
  return { readFrom, asked };
}

it("finds the last event before a gap of any shape, with few readings", async () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 100, max: 5_000 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(numbers, fc.integer({ min: 101, max: 5_000 }), async (held, before) => {
      fc.pre(!held.includes(before - 1) && held.some((one) => one >= before));
      const next = Math.min(...held.filter((one) => one >= before));
      const { readFrom, asked } = partitionOf(held);
      const found = await stepBack(readFrom, { before, begin: 100, next });
      const earlier = held.filter((one) => one < before);
      expect(found).toEqual(earlier.length === 0 ? null : event(Math.max(...earlier)));
      expect(asked.readings).toBeLessThan(24);
      expect(asked.events).toBeLessThan(60);
    }),
  );
});

it("takes one reading for a short gap", async () => {
  const { readFrom, asked } = partitionOf([90, 95, 100]);
  expect(await stepBack(readFrom, { before: 100, begin: 0, next: 100 })).toEqual(event(95));
  expect(asked.readings).toBe(1);
});

it("gives up on an absurdly wide gap", async () => {
  const { readFrom, asked } = partitionOf([1, 2 ** 45]);
  expect(await stepBack(readFrom, { before: 2 ** 45, begin: 0, next: 2 ** 45 })).toBe("tooFar");
  expect(asked.readings).toBe(40);
});
