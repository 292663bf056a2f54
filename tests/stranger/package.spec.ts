import { readdirSync, readFileSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { freePort } from "#tests/support/free-port.ts";
import { type Installed, installPackage, type Started } from "#tests/support/worlds/installed.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const firstEvent = 48_000;
const mostBytes = 200e6;
// This takes 5 s on a quiet machine, but others may be at work.
const firstPageMs = 15_000;

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

async function end({ child, ended }: Started): Promise<number | null> {
  child.kill("SIGTERM");
  return ended;
}

test("brings all that it needs, and nothing else", () => {
  test.info().annotations.push({ type: "installed", description: `${Math.round(installed.bytes / 1e6)} MB` });
  expect(installed.bytes).toBeLessThan(mostBytes);
  expect(statSync(join(installed.folder, installed.file)).size).toBeLessThan(30e6);
  const files = readdirSync(join(installed.folder, "node_modules"), { recursive: true, encoding: "utf8" });
  const own = files.filter((file) => !file.slice("tidemark".length).includes("node_modules"));
  expect(own.filter((file) => /\.(tsx?|map)$/.test(file))).toEqual([]);
  expect(
    files.filter((file) => /(^|node_modules\/)(sharp|@img|vitest|typescript|@next\/swc)/.test(file)),
  ).toEqual([]);
});

test("does at a prompt what its help says", () => {
  test.setTimeout(120_000);
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(installed.run("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  expect(installed.run("--help").stdout).toMatch(/serve[\s\S]*demo[\s\S]*token/);
  expect(installed.run("sail")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no command "sail"'),
  });
  const token = installed.run("token", "grafana", "viewer", "90");
  expect(token.stdout).toMatch(/"name":"grafana".*"role":"viewer"/);
  expect(installed.run("token")).toMatchObject({
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
  test.info().annotations.push({ type: "first page", description: `${Math.round(afterMs)} ms` });
  expect(afterMs).toBeLessThan(firstPageMs);
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
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("Both partitions were written.");
  expect(complaints).toEqual([]);
}

test("shows the demo in one command", async ({ page }) => {
  test.setTimeout(300_000);
  // The other test uses the machine's own Node, which may be older. This one uses Node 24.
  const path = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
  const started = installed.start("npx", ["--yes", `./${installed.file}`, "demo"], { PORT: "", PATH: path });
  await expect
    .poll(() => [started.output(), started.child.exitCode], { timeout: 120_000 })
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
});
