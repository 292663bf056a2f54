import { readFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { eachInFlight } from "#lib/core/each-in-flight.ts";
import { newFolder, newPostgresDatabase } from "#tests/support/fixtures/history.ts";
import type { TestConfig } from "#tests/support/fixtures/test-config.ts";
import { localNamespace, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import {
  admin1,
  begunUndo,
  contentOf,
  MovingChild,
  plannedMove,
  reaching,
} from "#tests/support/worlds/moving/group-moves-world.ts";
import { anotherContainer } from "#tests/support/worlds/moving-world.ts";

const groupCount = Number(process.env.MOVE_GROUPS ?? 200);
const partitionCount = Number(process.env.MOVE_PARTITIONS ?? 32);
const kind = process.env.MOVE_HISTORY === "postgres" ? "postgres" : "sqlite";
const wait = { timeout: 1_500_000, interval: 500 };

const groups = Array.from({ length: groupCount }, (_, n) => `group-${String(n).padStart(4, "0")}`);
const ids = Array.from({ length: partitionCount }, (_, id) => String(id));
const positionOf = (group: number, id: number) => 10 + ((group * 7 + id) % 40);

it("resumes a move of a whole container to the same end after a kill in its middle, and its undo brings all back", async () => {
  const world = await startLocalWorld([{ name: "orders", partitionCount, consumerGroups: groups }], "own");
  onTestFinished(() => world.stop());
  for (const id of ids) world.enqueue("orders", id, 60);
  const target = await anotherContainer(world);
  const all = groups.flatMap((group, n) => ids.map((id) => ({ group, n, id })));
  await eachInFlight(all, 32, ({ group, n, id }) =>
    world.checkpoint("orders", group, id, positionOf(n, Number(id))),
  );
  const { connectionString } = world.azurite;
  const config: TestConfig = {
    refreshSeconds: 10,
    readOnly: false,
    dataDir: newFolder(),
    hubs: [
      world.hubConfig("orders", {
        id: "orders",
        ownershipExpirationSeconds: 2,
        checkpointStores: [
          { id: "old", connectionString, container: world.container.containerName },
          { id: "new", connectionString, container: target.containerName },
        ],
      }),
    ],
    ...(kind === "postgres" && { databaseUrl: (await newPostgresDatabase()).reveal() }),
  };
  const source = await contentOf(world.container);
  const took: Record<string, string> = {
    history: kind,
    groups: String(groupCount),
    partitions: String(partitionCount),
  };
  let since = performance.now();
  const lap = (what: string) => {
    took[what] = `${((performance.now() - since) / 1_000).toFixed(1)} s`;
    since = performance.now();
  };

  const first = await MovingChild.start(config);
  onTestFinished(() => first.kill());
  lap("start");
  const request = {
    from: { hub: "orders", store: "old", allHubs: false },
    to: { store: "new" },
    groups: ["*"],
    whenRunning: "skip" as const,
  };
  const planned = await plannedMove(first, request, wait);
  lap("planned");
  expect(planned.entries.filter(({ result }) => result !== "ready")).toEqual([]);
  await first.moves("apply", planned.id, { confirm: "new" }, admin1);
  const cut = await reaching(first, planned.id, ({ results }) => results.moved >= groupCount / 2, wait);
  lap("movedHalf");
  took.peakMemoryOfFirst = peakMemory(first);
  await first.kill();
  expect(cut.results.moved).toBeLessThan(groupCount);

  const second = await MovingChild.start(config);
  onTestFinished(() => second.kill());
  const done = await reaching(second, planned.id, ({ state }) => state === "done", wait);
  lap("resumedToItsEnd");
  expect(done.entries.filter(({ result }) => result !== "moved")).toEqual([]);
  expect(done.results.moved).toBe(groupCount);
  took.groupsInTwoResets = String(done.entries.filter(({ resetIds }) => resetIds.length > 1).length);
  const there = (await contentOf(target)) as Record<string, { metadata: Record<string, string> }>;
  expect(Object.keys(there)).toHaveLength(groupCount * partitionCount);
  for (const { group, n, id } of all) {
    const { metadata } = there[`${localNamespace}/orders/${group}/checkpoint/${id}`] ?? {};
    const sequenceNumber = positionOf(n, Number(id));
    expect(metadata, `${group} ${id}`).toMatchObject({
      sequencenumber: String(sequenceNumber),
      offset: String(sequenceNumber * 64),
    });
  }
  since = performance.now();
  const { planned: undo } = await begunUndo(second, done.id, wait);
  expect(undo.entries.filter(({ result }) => result !== "ready")).toEqual([]);
  lap("undoPlanned");
  await reaching(second, undo.id, ({ results }) => results.moved >= groupCount / 2, wait);
  lap("undoneHalf");
  took.peakMemoryOfSecond = peakMemory(second);
  await second.kill();
  const third = await MovingChild.start(config);
  onTestFinished(() => third.kill());
  const undone = await reaching(third, undo.id, ({ state }) => state === "done", wait);
  lap("undoResumedToItsEnd");
  expect(undone.entries.filter(({ result }) => result !== "moved")).toEqual([]);
  expect(await contentOf(target)).toEqual({});
  expect(await contentOf(world.container)).toEqual(source);
  process.stderr.write(`${JSON.stringify(took, null, 2)}\n`);
});

function peakMemory({ process: { pid } }: MovingChild): string {
  const [, kilobytes = "0"] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return `${Math.round(Number(kilobytes) / 1024)} MB`;
}
