import { availableParallelism, loadavg } from "node:os";
import { expect, it, onTestFinished } from "vitest";
import type { Caller } from "#lib/server/access/caller.ts";
import { putManyBlobs } from "#tests/support/azurite.ts";
import { newDatabase, openHistory } from "#tests/support/fixtures/history.ts";
import { localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { savePlan, startResetDashboard } from "#tests/support/worlds/reset-dashboard.ts";
import { plannedNow } from "#tests/support/worlds/reset-world.ts";

const partitionCount = 1_024;
const group = "big";
const mostSeconds = () => 30 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
const admin1: Caller = { name: "admin-1", key: "admin-1", role: "admin" };

it("applies a reset of 1,024 partitions in under 30 s, and tells how far it is", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount }]);
  onTestFinished(() => world.stop());
  const ids = Array.from({ length: partitionCount }, (_, index) => String(index));
  for (const id of ids) world.enqueue("orders", id, 10);
  const folder = `${localNamespace}/orders/${group}`;
  const position = { sequencenumber: "9", offset: "576" };
  await putManyBlobs(world.container, partitionCount, (i) => `${folder}/checkpoint/${i}`, position);
  await putManyBlobs(world.container, partitionCount, (i) => `${folder}/ownership/${i}`, { ownerid: "" });
  const history = await openHistory(await newDatabase("sqlite"));
  const { runs, told } = startResetDashboard(history, world, { refreshMs: 10_000 });
  const request = await savePlan(history, world, group, await plannedNow(world, group, ids, 4));

  const startedAt = performance.now();
  const { id } = await runs.runtime.apply({ hub: "orders", group, store: undefined }, request, admin1);
  await expect.poll(() => told.at(-1)?.state, { timeout: 60_000 }).toBe("done");
  const seconds = (performance.now() - startedAt) / 1_000;
  const done = await runs.runtime.reset(id);
  expect(new Set(done.entries.map(({ result }) => result))).toEqual(new Set(["written"]));
  expect(seconds).toBeLessThan(mostSeconds());
  const progress = told.map(({ entries }) => entries.filter(({ result }) => result === "written").length);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(told.length).toBeGreaterThan(1);
  expect(told.length).toBeLessThan(seconds + 5);
  const [entry] = await history.activity({ limit: 1 });
  expect(entry?.details).toMatchObject({ results: { written: partitionCount }, partitionsNotListed: 960 });
  expect(JSON.stringify(entry).length).toBeLessThan(20_000);
}, 120_000);
