import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { groupMoveSchema } from "#lib/api/plans/group-moves.ts";
import { tidemark } from "#tests/support/command-line.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";
import { contentOf } from "#tests/support/worlds/moving/group-moves-world.ts";
import { anotherContainer } from "#tests/support/worlds/moving-world.ts";

const ids = ["0", "1"];
let world: LocalWorld;
let dashboard: TestDashboard;
let target: Awaited<ReturnType<typeof anotherContainer>>;

beforeAll(async () => {
  const consumerGroups = ["audit", "billing", "taken"];
  world = await startLocalWorld([{ name: "orders", partitionCount: 2, consumerGroups }]);
  target = await anotherContainer(world);
  for (const id of ids) {
    world.enqueue("orders", id, 60);
    for (const group of consumerGroups) await world.checkpoint("orders", group, id, 40);
    const metadata = { sequencenumber: "3", offset: "192" };
    await target.getBlockBlobClient(`localhost/orders/taken/checkpoint/${id}`).upload("", 0, { metadata });
  }
  const { connectionString } = world.azurite;
  const checkpointStores = [
    { id: "old", connectionString, container: world.container.containerName },
    { id: "new", connectionString, container: target.containerName },
  ];
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: [world.hubConfig("orders", { ownershipExpirationSeconds: 2, checkpointStores })],
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 20_000);
}, 120_000);
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
});

const run = (...args: string[]) => tidemark({ TIDEMARK_URL: dashboard.url }, ["move-groups", ...args]);
const both = ["orders", "--store", "old", "--to-store", "new"];

it("plans, moves and reports several groups, with an exit code for scripts", async () => {
  expect(await run()).toMatchObject({ code: 2 });
  expect(await run(...both, "--confirm", "new")).toMatchObject({ code: 2 });
  expect(await run(...both, "--groups", "nobody")).toMatchObject({ code: 2 });
  expect(await run("orders", "--store", "old", "--to-store", "none")).toMatchObject({ code: 1 });
  expect(await run(...both, "--groups", "taken")).toMatchObject({ code: 4 });
  expect(await run(...both, "--groups", "b*", "--execute", "--confirm", "old")).toMatchObject({ code: 4 });

  const dry = await run(...both);
  expect(dry).toMatchObject({ code: 3 });
  expect(dry.stdout).toMatch(/^HUB +GROUP +RESULT/);
  expect(dry.stderr).toMatch(/2 of 3 groups can be moved: 4 checkpoints\. Blocked: 1\.\n.*dry run/s);
  expect(Object.keys(await contentOf(target))).toHaveLength(2);

  const csv = await run(
    ...both,
    "--groups",
    "audit",
    "billing",
    "--execute",
    "--confirm",
    "NEW",
    "-o",
    "csv",
  );
  expect(csv, csv.stderr).toMatchObject({ code: 0 });
  expect(csv.stdout).toMatch(
    /^hub,group,store,to,result,toMove,written,.*\r\norders,audit,old,new,moved,2,2,/,
  );
  expect(csv.stderr).toMatch(/2 of 2 groups moved\./);
  expect(Object.keys(await contentOf(target))).toHaveLength(6);

  const [, id = ""] = /group-moves\/(\S+)/.exec(csv.stderr) ?? [];
  const report = await run("--id", id, "-o", "json");
  expect(report).toMatchObject({ code: 0 });
  expect(groupMoveSchema.parse(JSON.parse(report.stdout)).results).toMatchObject({ moved: 2 });
  expect(await run("--id", id, "--stop")).toMatchObject({ code: 3 });

  expect(await run("--undo")).toMatchObject({ code: 2 });
  const dryUndo = await run("--id", id, "--undo");
  expect(dryUndo, dryUndo.stderr).toMatchObject({ code: 0 });
  expect(dryUndo.stderr).toMatch(/2 of 2 groups can be undone: 4 checkpoints\.\n.*dry run/s);
  expect(await run("--id", id, "--undo", "--execute", "--confirm", "old")).toMatchObject({ code: 4 });
  const undone = await run("--id", id, "--undo", "--execute", "--confirm", "new");
  expect(undone, undone.stderr).toMatchObject({ code: 0 });
  expect(undone.stderr).toMatch(/2 of 2 groups undone\./);
  expect(Object.keys(await contentOf(target))).toHaveLength(2);
}, 120_000);
