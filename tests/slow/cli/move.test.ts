import { BlobServiceClient, ContainerSASPermissions } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { operations } from "#lib/api/operations/operations.ts";
import { type ResetPlan, resetPlanSchema, resetSchema } from "#lib/api/resets.ts";
import type { Azurite } from "#lib/sandbox/azurite.ts";
import { storedBlobs } from "#tests/support/azurite.ts";
import { type Ran, tidemark } from "#tests/support/command-line.ts";
import { type MuteProxy, startMuteProxy } from "#tests/support/proxies/mute-proxy.ts";
import type { TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { startTwoAccounts, type TwoAccounts } from "#tests/support/worlds/moving/two-accounts.ts";

let accounts: TwoAccounts;
let dashboard: TestDashboard;
let proxy: MuteProxy;

async function moreStores({ target }: { target: Azurite }): Promise<object[]> {
  const service = BlobServiceClient.fromConnectionString(target.connectionString);
  const signed = async (id: string, permissions: string) => {
    const { containerClient } = await service.createContainer(id);
    const expiresOn = new Date(Date.now() + 3_600_000);
    const url = await containerClient.generateSasUrl({
      permissions: ContainerSASPermissions.parse(permissions),
      expiresOn,
    });
    const signature = new URL(url).search.slice(1);
    return {
      id,
      container: id,
      connectionString: `BlobEndpoint=${target.blobEndpoint};SharedAccessSignature=${signature}`,
    };
  };
  proxy = await startMuteProxy(target.port);
  await service.createContainer("mute");
  const { connectionString } = target;
  return [
    await signed("no-write", "rl"),
    await signed("no-delete", "rlcw"),
    { id: "missing", container: "no-such-container", connectionString },
    {
      id: "mute",
      container: "mute",
      connectionString: connectionString.replace(`:${target.port}/`, `:${proxy.port}/`),
    },
  ];
}

beforeAll(async () => {
  accounts = await startTwoAccounts({
    common: ["audit", "billing", "taken"],
    functions: ["invoices", "shipments"],
    moreStores,
  });
  const metadata = { sequencenumber: "3", offset: "192" };
  await accounts.target.getBlockBlobClient(blobOf("taken", "0")).upload("", 0, { metadata });
  dashboard = await accounts.start();
  await vi.waitFor(async () => expect((await fetch(`${dashboard.url}/readyz`)).status).toBe(200), 20_000);
}, 120_000);
afterAll(async () => {
  await accounts?.stop();
  await proxy?.stop();
});

const blobOf = (group: string, id: string) => `localhost/orders/${group}/checkpoint/${id}`;
const run = (...args: string[]): Promise<Ran> => tidemark({ TIDEMARK_URL: dashboard.url }, args);
const move = (group: string, ...args: string[]) => run("move", `orders/${group}`, "--store", "old", ...args);
const done = (ran: Ran) => {
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  return ran.stdout;
};
const undoOf = ({ stderr }: Ran) => /tidemark undo (\S+)/.exec(stderr)?.[1] ?? "";
const resultsOf = (ran: Ran) => resetSchema.parse(JSON.parse(done(ran))).entries.map(({ result }) => result);
const written = ["written", "written", "written", "written"];

/** A group that was written just now counts as running. */
async function quiet(ask: () => Promise<Ran>, code = 0): Promise<Ran> {
  return vi.waitFor(
    async () => {
      const ran = await ask();
      expect(ran, ran.stderr).toMatchObject({ code });
      return ran;
    },
    { timeout: 20_000, interval: 500 },
  );
}

async function planByApi(group: string, store: string): Promise<ResetPlan> {
  const path = operations.previewMove.path.replace("{hub}", "orders").replace("{group}", group);
  const response = await fetch(`${dashboard.url}${path}?store=old`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ partitions: "all", to: { store } }),
  });
  return resetPlanSchema.parse(await response.json());
}

it("says of a Functions group by command line and API which checkpoint counts, moves it within its container, and undoes that", async () => {
  const before = await storedBlobs(accounts.source);
  const dry = await quiet(() => move("invoices"));
  const [old, common] = ["localhost/orders/invoices/0", blobOf("invoices", "0")];
  expect(dry.stderr).toContain(
    `Partitions 0-3 (details of 0): Azure Functions with extension 5 or later reads the old JSON checkpoint (${old}) now, and the common one (${common}) after the move. Earlier extensions read only the old one.`,
  );
  expect(dry.stderr).toContain("4 partitions move to the common layout in store old.");
  const { entries } = await planByApi("invoices", "old");
  expect(entries.map(({ warnings }) => warnings)).toMatchObject(
    accounts.ids.map((id) => [
      {
        code: "functionsFallback",
        params: {
          oldBlobName: `localhost/orders/invoices/${id}`,
          newBlobName: blobOf("invoices", id),
          isNewThere: false,
        },
      },
    ]),
  );
  expect(await storedBlobs(accounts.source)).toEqual(before);

  const moved = await move("invoices", "--execute", "--confirm", "invoices", "-o", "json");
  expect(resultsOf(moved)).toEqual(written);
  const after = await storedBlobs(accounts.source);
  for (const id of accounts.ids)
    expect(after[blobOf("invoices", id)]).toMatchObject({ sequencenumber: String(40 + Number(id)) });
  const undone = await quiet(() =>
    run("undo", undoOf(moved), "--execute", "--confirm", "invoices", "-o", "json"),
  );
  expect(resultsOf(undone)).toEqual(written);
  expect(await storedBlobs(accounts.source)).toEqual(before);
}, 120_000);

it("says of a Functions group that goes to another account which one it reads until it is configured for that", async () => {
  const elsewhere = async (id: string) =>
    (await planByApi("shipments", "new")).entries.find(({ partitionId }) => partitionId === id)?.warnings[0];
  await quiet(() => move("shipments", "--to-store", "new"));
  expect(await elsewhere("1")).toMatchObject({ code: "functionsElsewhere", params: { isOld: true } });
  expect((await elsewhere("1"))?.message).toMatch(
    /reads the old JSON checkpoint \(localhost\/orders\/shipments\/1\) in the store old, before and after the move\. It reads the common one \(localhost\/orders\/shipments\/checkpoint\/1\) in the store new once it is configured for that\./,
  );
  const within = await move("shipments", "--partitions", "0", "--execute", "--confirm", "shipments");
  expect(within, within.stderr).toMatchObject({ code: 0 });
  const mixed = await quiet(() => move("shipments", "--to-store", "new"));
  expect(mixed.stderr).toMatch(
    /Partition 0: Azure Functions .* reads the common checkpoint .* in the store old/,
  );
  expect(mixed.stderr).toMatch(
    /Partitions 1-3 \(details of 1\): Azure Functions .* reads the old JSON checkpoint .* in the store old/,
  );
  expect(await elsewhere("0")).toMatchObject({ params: { isOld: false } });
}, 120_000);

it("names the option that replaces what stands at the target, and of several groups says to move that one by itself", async () => {
  const blocked = await quiet(() => move("taken", "--to-store", "new"), 3);
  expect(blocked.stderr).toContain("Partition 0: The target already has a checkpoint");
  expect(blocked.stderr).toContain("Name the partition in --overwrite to replace it.");
  expect(blocked.stderr).not.toMatch(/Select the partition/);
  const replacing = done(await move("taken", "--to-store", "new", "--overwrite", "0", "-o", "csv"));
  expect(replacing).toMatch(/\r\n0,40,/);
  const several = await run(
    "move-groups",
    "orders",
    "--store",
    "old",
    "--to-store",
    "new",
    "--groups",
    "taken",
    "-o",
    "wide",
  );
  expect(several.stdout).toContain("1 partition is left alone. The target already has a checkpoint");
  expect(several.stdout).toContain("Move this group by itself to replace it.");
  expect(await run("move", "orders/taken", "--store", "old", "--to-store", "none")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('has no checkpoint store "none"'),
  });
}, 120_000);

it("tells of one group and of several which rights are missing, and of a container that is missing or silent", async () => {
  const refused = await quiet(() => move("billing", "--to-store", "no-write"), 4);
  expect(refused.stderr.match(/may not write in the store no-write/g)).toHaveLength(1);
  const warned = await move("billing", "--to-store", "no-delete");
  expect(done(warned)).toMatch(/^PARTITION/);
  expect(warned.stderr).toMatch(
    /This could not be undone: this dashboard may not delete blobs of the store no-delete\. .*also Delete\)/,
  );
  expect(await move("billing", "--to-store", "missing")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/The store missing can't be read\. .*\(ContainerNotFound\)/),
  });
  const several = (to: string) =>
    run("move-groups", "orders", "--store", "old", "--to-store", to, "--groups", "audit", "billing");
  const noWrite = await several("no-write");
  expect(noWrite, noWrite.stderr).toMatchObject({ code: 4 });
  const noDelete = await several("no-delete");
  expect(done(noDelete)).toMatch(/audit +Ready.*\n.*billing +Ready/);
  expect(noDelete.stderr).toMatch(/audit, billing \(details of audit\): This could not be undone/);
  const missing = await several("missing");
  expect(missing).toMatchObject({ code: 4 });
  expect(missing.stdout).toMatch(/Blocked.*The store missing can't be read/);

  proxy.isMuted = true;
  onTestFinished(() => {
    proxy.isMuted = false;
  });
  expect(await move("billing", "--to-store", "mute")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/The store mute can't be read\. .*\(azureTimeout\)/),
  });
}, 180_000);

it("moves checkpoints to another group, and cleans up, as dry runs unless told to execute", async () => {
  expect(await move("billing", "--partitions", "0-7")).toMatchObject({ code: 2 });
  const to = ["--to-group", "successor"];
  const before = await storedBlobs(accounts.source);
  expect(done(await quiet(() => move("billing", ...to, "-o", "csv")))).toContain(blobOf("successor", "1"));
  expect(await storedBlobs(accounts.source)).toEqual(before);
  expect(await move("billing", ...to, "--execute", "--confirm", "billing")).toMatchObject({ code: 4 });
  const moved = await move("billing", ...to, "--execute", "--confirm", "successor", "-o", "json");
  expect(resultsOf(moved)).toEqual(written);
  expect((await storedBlobs(accounts.source))[blobOf("successor", "1")]).toMatchObject({
    sequencenumber: "41",
  });
  const undone = await quiet(() =>
    run("undo", undoOf(moved), "--execute", "--confirm", "successor", "-o", "json"),
  );
  expect(resultsOf(undone)).toEqual(written);
  expect(await storedBlobs(accounts.source)).toEqual(before);

  const name = blobOf("audit", "31");
  const stray = accounts.source.getBlockBlobClient(name);
  await stray.upload("", 0);
  const cleanup = ["cleanup", "orders/audit", "--store", "old"];
  const dry = await quiet(() => run(...cleanup));
  expect(dry.stdout).toMatch(
    /^BLOB +BECOMES +WHY +BYTES +AGE +NOTE\nlocalhost\/orders\/audit\/checkpoint\/31 +deleted +The partition is gone/,
  );
  expect(dry.stderr).toMatch(/dry run/);
  expect(await stray.exists()).toBe(true);
  const gone = await run(...cleanup, "--blob", blobOf("audit", "0"));
  expect(gone).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--blob has 1 name that can't be cleaned up"),
  });
  done(await run(...cleanup, "--blob", name, "--execute", "--confirm", "audit"));
  expect(await stray.exists()).toBe(false);
  done(await run("undo", "orders/audit", "--execute", "--confirm", "audit"));
  expect(await stray.exists()).toBe(true);
}, 120_000);
