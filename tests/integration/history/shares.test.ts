import { expect, it, onTestFinished } from "vitest";
import type { Secret } from "#lib/core/secret.ts";
import { SharedHubs } from "#lib/history/sharing/shared-hubs.ts";
import { newPostgresDatabase, onPostgres } from "#tests/support/fixtures/history.ts";

/** A dashboard looks at its leases every 200 ms, and leaves a free hub to others three times. */
const refreshMs = 600;
const handoverMs = 1_500;
const waiting = { timeout: 20_000, interval: 20 };

function newEstate(url: Secret, count: number) {
  const hubs = Array.from({ length: count }, (_, index) => `hub-${index}`);
  const readers = new Map<string, string>();
  const leftAt = new Map<string, number>();
  const together: string[] = [];
  let longestMs = 0;
  let names = 0;
  const join = () => {
    names += 1;
    const name = `dashboard-${names}`;
    const shared = new SharedHubs({
      url,
      refreshMs,
      hubs: () => hubs,
      onGained: (hub) => {
        if (readers.has(hub)) together.push(`${hub}: ${readers.get(hub)} and ${name}`);
        readers.set(hub, name);
        longestMs = Math.max(longestMs, Date.now() - (leftAt.get(hub) ?? Date.now()));
      },
      onLost: (hub) => {
        readers.delete(hub);
        leftAt.set(hub, Date.now());
      },
      onNews: async () => {},
      onReset: () => {},
      onFault: () => {},
    });
    onTestFinished(() => shared.stop());
    shared.start();
    return {
      leave: async () => {
        for (const [hub, reader] of readers) {
          if (reader !== name) continue;
          readers.delete(hub);
          leftAt.set(hub, Date.now());
        }
        await shared.stop();
      },
    };
  };
  return {
    join,
    shares: () => {
      const each = new Map<string, number>();
      for (const reader of readers.values()) each.set(reader, (each.get(reader) ?? 0) + 1);
      return [...each.values()].sort((a, b) => a - b);
    },
    together,
    longestMs: () => longestMs,
  };
}

it.each([
  [20, [20], [10, 10], [6, 7, 7], [5, 5, 5, 5], [4, 4, 4, 4, 4], [3, 3, 3, 3, 4, 4]],
  // An even share of each is 2, and 1 is left for the third.
  [4, [4], [2, 2], [1, 1, 2]],
])("gives each dashboard that joins its part of %i hubs, read by one at a time", async (count, ...evens) => {
  const estate = newEstate(await newPostgresDatabase(), count);
  const joined = [];
  for (const even of evens) {
    joined.push(estate.join());
    await expect.poll(estate.shares, waiting).toEqual(even);
  }
  await joined.at(0)?.leave();
  await expect.poll(estate.shares, waiting).toEqual(evens.at(-2));
  expect(estate.together).toEqual([]);
  expect(estate.longestMs()).toBeLessThan(handoverMs);
});

it("opens a connection that broke again before it reads the others' hubs too", async () => {
  const url = await newPostgresDatabase();
  const estate = newEstate(url, 6);
  estate.join();
  estate.join();
  await expect.poll(estate.shares, waiting).toEqual([3, 3]);
  const [broken] = (await onPostgres(
    `select pg_terminate_backend(pid) as ended from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() order by backend_start limit 1`,
    url.reveal(),
  )) as { ended: boolean }[];
  expect(broken?.ended).toBe(true);
  await expect.poll(estate.longestMs, waiting).toBeGreaterThan(0);
  await expect.poll(estate.shares, waiting).toEqual([3, 3]);
  // The server frees its leases a moment before it hears of it: another may have taken some of its three.
  expect(estate.together.length).toBeLessThanOrEqual(3);
  expect(estate.longestMs()).toBeLessThan(handoverMs);
});
