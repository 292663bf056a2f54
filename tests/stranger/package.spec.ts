import { globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { freePort } from "#tests/support/free-port.ts";
import {
  type Installed,
  installPackage,
  machineNode,
  type Started,
} from "#tests/support/worlds/installed.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const firstEvent = 48_000;
const mostBytes = 200e6;
// The page is there within 5 s. Beside other tests it may wait longer, but computes no more.
const firstPageMs = 15_000;
const firstPageCpuSeconds = 5;
const ticksPerSecond = 100;

let installed: Installed;
let world: LocalWorld;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  test.setTimeout(240_000);
  installed = await installPackage();
  world = await startLocalWorld([
    { name: "orders", partitionCount: 2, consumerGroups: ["billing"], firstSequenceNumber: firstEvent },
  ]);
  for (const id of ["0", "1"]) {
    world.enqueue("orders", id, 500);
    await world.checkpoint("orders", "billing", id, firstEvent + 399);
  }
  const config = {
    refreshSeconds: 1,
    eventHubs: [world.hubConfig("orders", { ownershipExpirationSeconds: 2 })],
  };
  await writeFile(join(installed.folder, "tidemark.config.json"), JSON.stringify(config));
});

test.afterAll(async () => {
  await world?.stop();
  await installed?.remove();
});

const answers = async (url: string) => (await fetch(url).catch(() => null))?.status === 200;

async function firstPage(url: string, started: Started): Promise<number> {
  const startedAt = performance.now();
  await expect
    .poll(async () => [await answers(url), started.child.exitCode, started.output()], {
      timeout: 120_000,
      intervals: [50],
    })
    .toEqual([true, null, expect.anything()]);
  return performance.now() - startedAt;
}

/** Sums what a process and its children have computed so far; null where this is not told. */
function cpuSeconds(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    return children.reduce((sum, child) => sum + (child === "" ? 0 : (cpuSeconds(Number(child)) ?? 0)), own);
  } catch {
    return null;
  }
}

async function end({ child, ended }: Started): Promise<number | null> {
  child.kill("SIGTERM");
  return ended;
}

test("brings all that it needs, and nothing else", () => {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const largest = installed.parts.slice(0, 8).map(({ name, bytes }) => `  ${megabytes(bytes)} ${name}`);
  console.log([`installed: ${megabytes(installed.bytes)}`, ...largest].join("\n"));
  expect(installed.bytes).toBeLessThan(mostBytes);
  expect(statSync(join(installed.folder, installed.file)).size).toBeLessThan(30e6);
  const files = readdirSync(join(installed.folder, "node_modules"), { recursive: true, encoding: "utf8" });
  const own = files.filter((file) => !file.slice("tidemark".length).includes("node_modules"));
  expect(own.filter((file) => /\.(tsx?|map)$/.test(file))).toEqual([]);
  expect(
    files.filter((file) => /(^|node_modules\/)(sharp|@img|vitest|typescript|@next\/swc)/.test(file)),
  ).toEqual([]);
});

test("lists in its SBOM what it holds", () => {
  const home = join(installed.folder, "node_modules/tidemark");
  const { components, dependencies } = JSON.parse(readFileSync(join(home, "sbom.json"), "utf8")) as Sbom;
  const listed = components.map(({ name, version }) => `${name} ${version}`);
  // What Next has compiled into itself has manifests too.
  const manifests = globSync("node_modules/**/package.json", { cwd: home, exclude: ["**/next/dist"] })
    .map((file) => JSON.parse(readFileSync(join(home, file), "utf8")) as { name?: string; version?: string })
    .filter(({ name, version }) => name !== undefined && version !== undefined);
  expect(manifests.length).toBeGreaterThan(3);
  for (const { name, version } of manifests) expect(listed).toContain(`${name} ${version}`);
  const names = components.map(({ name }) => name);
  // Azurite is bundled for the demo, Express is part of it, and the charts are built into pages.
  expect(names).toEqual(expect.arrayContaining(["azurite", "express", "next", "react", "recharts", "rhea"]));
  expect(names.filter((name) => /^(sharp|@img\/|vitest|typescript|playwright)/.test(name))).toEqual([]);
  const known = new Set(dependencies.flatMap(({ dependsOn }) => dependsOn));
  expect(components.filter((one) => !known.has(one["bom-ref"]))).toEqual([]);
});

interface Sbom {
  components: { "bom-ref": string; name: string; version: string }[];
  dependencies: { dependsOn: string[] }[];
}

test("does at a prompt what its help says", async () => {
  // An older Node fetches a newer one here, as large as 100 MB.
  test.setTimeout(240_000);
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(await installed.run("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  expect((await installed.run("--help")).stdout).toMatch(/serve[\s\S]*demo[\s\S]*token/);
  expect(await installed.run("sail")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no command "sail"'),
  });
  const token = await installed.run("token", "grafana", "viewer", "90");
  expect(token.stdout).toMatch(/"name":"grafana".*"role":"viewer"/);
  expect(await installed.run("token")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("tidemark token grafana"),
  });
});

test("serves a configuration, and resets a checkpoint", async ({ page }) => {
  test.setTimeout(120_000);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = installed.start("tidemark", [], { PORT: String(port), TIDEMARK_READ_ONLY: "false" });
  const afterMs = await firstPage(url, started);
  const cpu = cpuSeconds(started.child.pid ?? 0);
  console.log(`first page: after ${(afterMs / 1000).toFixed(1)} s, of CPU ${cpu?.toFixed(1) ?? "unknown"} s`);
  expect(afterMs).toBeLessThan(firstPageMs);
  if (cpu !== null) expect(cpu).toBeLessThan(firstPageCpuSeconds);
  await resetBilling(page, url);
  const checkpoints = await fetch(`${url}/api/v1/event-hubs/orders/consumer-groups/billing`);
  expect(JSON.stringify(await checkpoints.json())).toContain(`"sequenceNumber":${firstEvent + 299}`);
  expect(await end(started), started.output()).toBe(0);
});

async function resetBilling(page: Page, url: string): Promise<void> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  await page.goto(url);
  await page.getByRole("link", { name: "billing", exact: true }).click();
  await page.getByRole("link", { name: "Reset checkpoints…" }).click();
  await page.goto(
    `${url}/event-hubs/orders/consumer-groups/billing/reset?store=main&target=shift&shift=-100`,
  );
  await page.getByRole("button", { name: "Review" }).click();
  const apply = page.getByRole("button", { name: /^Apply to 2 partitions/ });
  // Text typed before the page's script runs is lost.
  await expect(async () => {
    await page.getByRole("textbox", { name: /to confirm/ }).fill("");
    await page.getByRole("textbox", { name: /to confirm/ }).fill("billing");
    await expect(apply).not.toHaveAttribute("aria-disabled", "true", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await apply.click();
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("Both checkpoints were written.");
  expect(complaints).toEqual([]);
}

const node24 = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);

test("shows the demo in one command on Node 24", ({ page }) => showDemo(page, { PATH: node24 }));

test("shows the demo in one command on an older Node, with npm alone", async ({ page }) => {
  const version = machineNode();
  const isOlder = version !== null && Number(version.split(".")[0]) < 24;
  test.skip(!isOlder, `The machine's own Node is ${version ?? "missing"}, so there is none older than 24.`);
  const output = await showDemo(page, {});
  expect(output).toContain(`Fetching Node 24, once, as this is ${version}`);
});

async function showDemo(page: Page, env: Record<string, string>): Promise<string> {
  test.setTimeout(300_000);
  const cache = join(installed.folder, `npm-cache-${Object.keys(env).length}`);
  const started = installed.start("npx", ["--yes", `./${installed.file}`, "demo"], {
    PORT: "",
    npm_config_cache: cache,
    ...env,
  });
  await expect
    .poll(() => [started.output(), started.child.exitCode], { timeout: 200_000 })
    .toEqual([expect.stringMatching(/Open http/), null]);
  try {
    const url = /Open (http:\S+)/.exec(started.output())?.[1] ?? "";
    await page.goto(url);
    const row = page
      .getByRole("row")
      .filter({ has: page.getByRole("link", { name: "billing", exact: true }) });
    await expect(row).toContainText("Caught up", { timeout: 120_000 });
    await end(started);
    await expect.poll(() => answers(url), { timeout: 10_000 }).toBe(false);
  } finally {
    started.child.kill("SIGTERM");
  }
  return started.output();
}
