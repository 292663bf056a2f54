import { beforeEach, expect, it } from "vitest";
import { Fresh } from "#lib/reset/apply/fresh.ts";

let now = 0;
let reads = 0;
beforeEach(() => {
  now = 0;
  reads = 0;
});

function counted(...tookMs: number[]): Fresh<number> {
  const read = async () => {
    now += tookMs[Math.min(reads, tookMs.length - 1)] ?? 0;
    reads += 1;
    return reads;
  };
  const clock = () => ({ uptimeMs: now, wallMs: now });
  return new Fresh({ doing: "Listing", goodForMs: 1_500, mostMs: 5_000, read, clock });
}

it("reads again a while after the answer came", async () => {
  const fresh = counted(500);
  expect(await fresh.get()).toBe(1);
  now = 2_000;
  expect([await fresh.get(), fresh.known]).toEqual([1, 1]);
  now = 2_001;
  expect([fresh.known, await fresh.get()]).toEqual([null, 2]);
});

it("does not serve an answer for longer because it took long", async () => {
  const fresh = counted(4_000);
  expect(await fresh.get()).toBe(1);
  now = 5_000;
  expect(fresh.known).toBe(1);
  now = 5_001;
  expect(await fresh.get()).toBe(2);
});

it("is never older than the limit: a slow reading is repeated, and given up when it stays slow", async () => {
  const once = counted(10_000, 200);
  expect(await once.get()).toBe(2);
  reads = 0;
  const always = counted(5_001);
  await expect(always.get()).rejects.toMatchObject({ code: "azureTimeout", retryable: true });
  expect([reads, always.known]).toEqual([3, null]);
});

it("may be older where the limit allows for how long the answer took", async () => {
  const fresh = new Fresh({
    doing: "Reading",
    goodForMs: 1_500,
    mostMs: (tookMs) => Math.max(5_000, tookMs + 1_500),
    read: async () => {
      now += 60_000;
      reads += 1;
      return reads;
    },
    clock: () => ({ uptimeMs: now, wallMs: now }),
  });
  expect(await fresh.get()).toBe(1);
  now = 61_500;
  expect(fresh.known).toBe(1);
  now = 61_501;
  expect(fresh.known).toBeNull();
});

it("reads once for all who ask meanwhile, and again for whoever wants a new answer", async () => {
  const fresh = counted(100);
  expect(await Promise.all([fresh.get(), fresh.get()])).toEqual([1, 1]);
  expect(await fresh.renew()).toBe(2);
});

it("keeps nothing of a reading that failed", async () => {
  const fresh = new Fresh({
    doing: "Listing",
    goodForMs: 1_500,
    mostMs: 5_000,
    read: async () => {
      reads += 1;
      if (reads === 1) throw new Error("down");
      return reads;
    },
  });
  await expect(fresh.get()).rejects.toThrow("down");
  expect(await fresh.get()).toBe(2);
});
