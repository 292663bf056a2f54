import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { reason } from "#lib/api/reasons/reason.ts";
import { resetPlanSchema, resetSchema } from "#lib/api/resets.ts";
import { makeToken } from "#lib/server/access/api-tokens.ts";
import { type Ran, tidemark } from "#tests/support/command-line.ts";
import { openingOf } from "#tests/support/fixtures/opening-of.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const folder = mkdtempSync(join(tmpdir(), "tidemark-cli-"));
const [admin, viewer] = [makeToken(), makeToken()];
let world: LocalWorld;
let dashboard: TestDashboard;

beforeAll(async () => {
  world = await startLocalWorld([
    { name: "orders", partitionCount: 2, consumerGroups: ["billing", "audit", "tidemark"] },
  ]);
  for (const id of ["0", "1"]) {
    world.enqueue("orders", id, 100);
    await world.checkpoint("orders", "billing", id, 39);
  }
  await world.checkpoint("orders", "audit", "0", 99);
  const broken = world.container.getBlockBlobClient("localhost/orders/audit/checkpoint/0");
  await broken.setMetadata({ offset: "6336", sequencenumber: "a lot" });
  const token = (name: string, { sha256 }: { sha256: string }, role: string) => ({
    name,
    sha256,
    role,
    expiresAt: "2100-01-01T00:00:00Z",
  });
  const over = { inspectionConsumerGroup: "tidemark", ownershipExpirationSeconds: 1 };
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: [world.hubConfig("orders", over)],
      alerts: { rules: [{ id: "behind", when: { lag: 50 }, forSeconds: 0, severity: "critical" }] },
      access: { tokens: [token("admin", admin, "admin"), token("viewer", viewer, "viewer")] },
    },
    { TIDEMARK_READ_ONLY: "false" },
  );
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 20_000);
}, 120_000);
afterAll(async () => {
  await dashboard?.end();
  await world?.stop();
  rmSync(folder, { recursive: true });
});

const as =
  ({ token }: { token: string }) =>
  (...args: string[]): Promise<Ran> =>
    tidemark({ TIDEMARK_URL: dashboard.url, TIDEMARK_TOKEN: token }, args);
const run = as(admin);
const done = (ran: Ran) => {
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  return ran.stdout;
};
const rowsOf = (table: string) =>
  table
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));
const checkpointsOf = async () =>
  (
    JSON.parse(done(await run("partitions", "orders/billing", "-o", "json"))) as {
      checkpoint: { sequenceNumber: number };
    }[]
  ).map(({ checkpoint }) => checkpoint.sequenceNumber);

it("shows what the pages show, as tables, CSV and JSON", async () => {
  await world.own("orders", "billing", "1", "processor-a");
  const [
    groups,
    csv,
    json,
    group,
    partitions,
    owners,
    history,
    diagnosis,
    incidents,
    event,
    watched,
    watchedCsv,
  ] = await Promise.all([
    run("groups"),
    run("groups", "orders", "-o", "csv"),
    run("groups", "-o", "json"),
    run("group", "orders/BILLING"),
    run("partitions", "orders/billing", "-o", "wide"),
    run("owners", "orders/billing", "--changes", "--from", "1h"),
    run("history", "orders/billing", "--from", "10m", "--points", "5", "-o", "csv"),
    run("diagnose", "orders"),
    run("incidents", "--all", "-o", "json"),
    run("events", "orders/billing", "1"),
    run("watch", "orders/billing", "--count", "1", "-o", "json"),
    run("watch", "orders/billing", "--count", "2", "-o", "csv"),
  ]);
  expect(rowsOf(done(groups))[0]?.slice(0, 4)).toEqual(["HUB", "GROUP", "STATUS", "LAG"]);
  expect(rowsOf(done(groups)).find(([, name]) => name === "billing")?.[3]).toBe("120");
  expect(done(groups)).not.toContain("\u001b");
  const [head, ...lines] = done(csv).trimEnd().split("\r\n");
  expect(head).toMatch(/^hub,consumerGroup,store,status,totalLag,/);
  expect(lines.find((line) => line.startsWith("orders,billing,main,"))).toContain(",120,");
  expect(JSON.parse(done(json)).eventHubs[0].consumerGroups.length).toBe(2);
  expect(done(group)).toMatch(/^Group +orders\/billing in main \(common\)\nStatus +\S/);
  expect(
    rowsOf(done(partitions))
      .slice(1)
      .map(([id, , lag]) => [id, lag]),
  ).toEqual([
    ["0", "60"],
    ["1", "60"],
  ]);
  expect(done(owners)).toMatch(/^AT +PARTITION +CHANGE/);
  expect(done(history).split("\r\n")[0]).toMatch(/^at,lag,lagMax,/);
  expect(done(diagnosis)).toMatch(
    /^fail +\S.*\(main\)\n[\s\S]*- localhost\/orders\/audit\/checkpoint\/0.*\n +To do: /,
  );
  expect(JSON.parse(done(incidents))).toHaveProperty("open");
  expect(done(event)).toMatch(/^Event +40 of partition 1/);
  expect(done(watchedCsv)).toMatch(/^hub,consumerGroup,.*\r\n(orders,billing,main,.*\r\n){2}$/);
  expect(JSON.parse(done(watched))).toMatchObject({ hub: "orders", name: "billing", totalLag: 120 });
}, 120_000);

it("completes commands and options in a shell", async () => {
  const suggested = async (...words: string[]) => done(await run("complete", "--", ...words)).split("\n");
  expect(await suggested("cle")).toContainEqual(expect.stringMatching(/^cleanup\t/));
  expect(await suggested("reset", "orders/billing", "--to-e")).toContainEqual(
    expect.stringMatching(/^--to-earliest\t/),
  );
  expect(done(await run("complete", "bash"))).toContain("tidemark");
}, 120_000);

it("ends with a code that says why", async () => {
  const reset = ["reset", "orders/billing"];
  const asked: [Promise<Ran>, number, RegExp][] = [
    [run("group", "orders/nobody"), 1, /no consumer group "nobody"/],
    [tidemark({}, ["groups", "--url", dashboard.url, "--token", "tidemark_x"]), 4, /\(unauthenticated\)/],
    [run("groups", "--sail"), 2, /unknown option '--sail'/],
    [run(...reset), 2, /Name where to/],
    [run(...reset, "--to-latest", "--to-earliest"), 2, /only one target/],
    [run(...reset, "--to-datetime", "yesterday"), 2, /--to-datetime: “yesterday” is no time/],
    [run(...reset, "--to-latest", "--partitions", "0-7"), 2, /there are 0 to 1/],
    [run(...reset, "--to-latest", "--execute"), 2, /needs --confirm billing/],
    [as(viewer)(...reset, "--to-latest"), 4, /\(forbidden\)/],
    [as(viewer)("move", "orders/billing", "--to-group", "next"), 4, /\(forbidden\)/],
    [run(...reset, "--to-latest", "--execute", "--confirm", "audit"), 4, /“audit” is not billing/],
  ];
  for (const [ran, code, said] of asked) {
    const { stderr, ...rest } = await ran;
    expect({ ...rest, stderr }).toMatchObject({ code, stdout: expect.any(String) });
    expect(stderr).toMatch(said);
  }
}, 120_000);

it("takes care of an incident, and silences alerts for a time", async () => {
  const open = async () => JSON.parse(done(await run("incidents", "orders/billing", "-o", "json"))).incidents;
  await vi.waitFor(async () => expect(await open()).toMatchObject([{ ruleId: "behind" }]), 20_000);
  const id = String((await open())[0].id);
  expect(await as(viewer)("acknowledge", id)).toMatchObject({ code: 4 });
  expect(await run("acknowledge", "4711")).toMatchObject({ code: 1 });
  expect(await run("acknowledge", "none")).toMatchObject({ code: 2 });
  const taken = await run("acknowledge", id, "--note", "rolling back");
  expect(rowsOf(done(taken))).toEqual([
    ["ID", "ACKNOWLEDGED BY", "WHAT"],
    [id, "token admin", expect.stringContaining(openingOf(reason("lagAbove", { lag: 1 })))],
  ]);
  expect((await open())[0].acknowledged).toMatchObject({ by: "token admin", note: "rolling back" });

  const silence = ["silence", "orders/*", "--note", "deploying 2.4"];
  expect(await run(...silence)).toMatchObject({ code: 2, stderr: expect.stringContaining("--for") });
  expect(await run(...silence, "--for", "10s")).toMatchObject({ code: 2 });
  expect(await as(viewer)(...silence, "--for", "30m")).toMatchObject({ code: 4 });
  const [held] = JSON.parse(
    done(await run(...silence, "--for", "30m", "--rule", "beh*", "-o", "json")),
  ).silences;
  expect(held).toMatchObject({ hub: "orders", group: "*", rule: "beh*", by: "token admin" });
  expect(Date.parse(held.until) - Date.parse(held.createdAt)).toBe(1_800_000);
  const listed = done(await as(viewer)("silence", "-o", "csv"));
  expect(listed).toMatch(/^id,where,rule,until,by,note\r\n\d+,orders\/\*,beh\*,.*,deploying 2\.4\r\n$/);
  const ended = await run("silence", "--end", String(held.id));
  expect(ended).toMatchObject({ code: 0, stdout: "", stderr: "Nothing is silenced.\n" });
  expect(await run("silence", "--end", String(held.id))).toMatchObject({ code: 1 });
}, 120_000);

it("finds what is wrong, plans, applies, verifies, undoes and imports from the shell", async () => {
  const found = await run("diagnose", "orders", "-o", "csv");
  expect(done(found)).toMatch(/orders\/audit\/checkpoint\/0/);

  const file = join(folder, "billing.csv");
  done(await run("export", "orders/billing", "--file", file));
  expect(readFileSync(file, "utf8").split("\r\n")[1]).toMatch(/^0,40,/);
  expect(await run("export", "orders/billing", "--file", file)).toMatchObject({ code: 1 });

  const reset = ["reset", "orders/billing", "--to-sequence-number", "20"];
  await vi.waitFor(async () => expect((await run(...reset)).code).toBe(0), {
    timeout: 20_000,
    interval: 500,
  });
  const dry = await run(...reset, "-o", "json");
  const plan = resetPlanSchema.parse(JSON.parse(done(dry)));
  expect(plan.entries.map(({ resumesAt }) => resumesAt?.sequenceNumber)).toEqual([20, 20]);
  expect(dry.stderr).toContain("dry run: nothing was written");
  expect(await checkpointsOf()).toEqual([39, 39]);

  // The owner renews like a processor, since an ownership counts as free after a second. A busy machine
  // renews late, so the refusal is waited for.
  const own = () => world.own("orders", "billing", "1", "processor-b");
  await own();
  const renewing = setInterval(() => void own(), 300);
  await vi
    .waitFor(
      async () => {
        const part = await run(...reset);
        expect(part, part.stdout).toMatchObject({ code: 3 });
      },
      { timeout: 30_000, interval: 100 },
    )
    .finally(() => clearInterval(renewing));
  const one = await run(...reset, "--partitions", "0", "--execute", "--confirm", "Billing", "-o", "json");
  const applied = resetSchema.parse(JSON.parse(done(one)));
  expect(applied.entries).toMatchObject([
    { partitionId: "0", result: "written", after: { sequenceNumber: 19 } },
  ]);
  expect(one.stderr).toMatch(/partition settled[\s\S]*tidemark undo /);
  await vi.waitFor(async () => expect(await checkpointsOf()).toEqual([19, 39]), 20_000);

  const undone = await run("undo", "orders/billing", "--execute", "--confirm", "billing");
  expect(rowsOf(done(undone))).toEqual([
    ["PARTITION", "RESULT", "BEFORE", "AFTER", "WHY"],
    ["0", "Written", "19", "39"].map((cell) => expect.stringContaining(cell)),
  ]);

  const imported = ["import", "orders/billing", file, "--partitions", "0", "-o", "csv"];
  done(
    await run(
      "reset",
      "orders/billing",
      "--to-earliest",
      "--partitions",
      "0",
      "--execute",
      "--confirm",
      "billing",
    ),
  );
  const back = await run(...imported, "--execute", "--confirm", "billing");
  expect(done(back)).toMatch(/\r\n0,written,-1,39,/);
}, 120_000);
