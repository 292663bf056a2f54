import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type GroupMove, groupMoveSchema } from "#lib/api/plans/group-moves.ts";
import { tidemark } from "#tests/support/command-line.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { contentOf } from "#tests/support/worlds/moving/group-moves-world.ts";
import { startTwoAccounts, type TwoAccounts } from "#tests/support/worlds/moving/two-accounts.ts";

const common = Array.from({ length: 30 }, (_, n) => `group-${String(n).padStart(2, "0")}`);
const functions = ["functions-a", "functions-b"];
let accounts: TwoAccounts;
let dashboard: TestDashboard;

beforeAll(async () => {
  accounts = await startTwoAccounts({ common, functions });
  dashboard = await accounts.start();
}, 120_000);
afterAll(() => accounts?.stop());

const run = (args: string[], heard?: (stderr: string) => void) =>
  tidemark({ TIDEMARK_URL: dashboard.url }, ["move-groups", ...args], "", heard);

async function movedSoFar(): Promise<GroupMove | null> {
  const { groupMoves } = await (await fetch(`${dashboard.url}/api/v1/group-moves?limit=1`)).json();
  const [head] = groupMoves;
  if (head?.state !== "running") return null;
  return groupMoveSchema.parse(await (await fetch(`${dashboard.url}/api/v1/group-moves/${head.id}`)).json());
}

/** Kills the dashboard as soon as some groups are through, and starts it again while the command looks on. */
async function killedAmid(args: string[]) {
  let heard = "";
  const running = run(args, (stderr) => {
    heard = stderr;
  });
  await vi.waitFor(async () => expect((await movedSoFar())?.results.moved ?? 0).toBeGreaterThan(1), {
    timeout: 60_000,
    interval: 20,
  });
  const left = await movedSoFar();
  await dashboard.end("SIGKILL");
  expect(left?.state).toBe("running");
  expect(left?.results.moved).toBeLessThan(common.length + functions.length);
  await vi.waitFor(() => expect(heard).toContain("Trying again"), 20_000);
  dashboard = await accounts.start();
  return running;
}

it("follows a whole container to another account over a kill of the dashboard, and brings all of it back", async () => {
  const before = await contentOf(accounts.source);
  const all = ["orders", "--store", "old", "--to-store", "new"];
  const groups = common.length + functions.length;
  await vi.waitFor(
    async () => {
      const dry = await run(all);
      expect(dry, dry.stderr).toMatchObject({ code: 0 });
      expect(dry.stderr).toContain(`${groups} of ${groups} groups can be moved: ${groups * 4} checkpoints.`);
      expect(dry.stderr).toMatch(
        /functions-a, functions-b \(details of functions-a\): Azure Functions .* the old JSON checkpoint/,
      );
    },
    { timeout: 60_000, interval: 500 },
  );
  const moved = await killedAmid([...all, "--execute", "--confirm", "new", "-o", "json"]);
  expect(moved, moved.stderr).toMatchObject({ code: 0 });
  const report = groupMoveSchema.parse(JSON.parse(moved.stdout));
  expect(report).toMatchObject({ state: "done", results: { moved: groups } });
  expect(report.entries.map(({ partitions }) => partitions.written)).toEqual(report.entries.map(() => 4));
  const there = await contentOf(accounts.target);
  expect(Object.keys(there)).toHaveLength(groups * 4);
  for (const group of [...common, ...functions])
    for (const id of accounts.ids)
      expect(there[`localhost/orders/${group}/checkpoint/${id}`]).toMatchObject({
        metadata: { sequencenumber: String(40 + Number(id)), offset: String((40 + Number(id)) * 64) },
      });
  expect(await contentOf(accounts.source)).toEqual(before);

  const undo = ["--id", report.id, "--undo"];
  await vi.waitFor(
    async () => {
      const dry = await run(undo);
      expect(dry, dry.stderr).toMatchObject({ code: 0 });
    },
    { timeout: 60_000, interval: 500 },
  );
  const undone = await killedAmid([...undo, "--execute", "--confirm", "new", "-o", "json"]);
  expect(undone, undone.stderr).toMatchObject({ code: 0 });
  expect(groupMoveSchema.parse(JSON.parse(undone.stdout))).toMatchObject({
    undoes: report.id,
    results: { moved: groups },
  });
  expect(await contentOf(accounts.target)).toEqual({});
  expect(await contentOf(accounts.source)).toEqual(before);
}, 300_000);
