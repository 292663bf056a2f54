import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Overview } from "#lib/api/overview.ts";
import { reason } from "#lib/api/reasons/reason.ts";
import { openingOf } from "#tests/support/fixtures/opening-of.ts";
import { type Demo, startDemo } from "#tests/support/worlds/demo.ts";
import { buildCommandLine } from "./built-command-line.ts";
import { walkWithTools } from "./walk-with-tools.ts";

const intended: Record<string, { status: string; word: RegExp }> = {
  billing: { status: "ok", word: /Caught up/ },
  "fraud-check": { status: "warn", word: /[Ff]alling behind|About to lose/ },
  archive: { status: "stop", word: /[Ss]topped|About to lose|Events lost/ },
  $Default: { status: "unknown", word: /No checkpoint/ },
  "live-map": { status: "ok", word: /Caught up/ },
  enrich: { status: "ok", word: /Caught up/ },
  alerts: { status: "stall", word: /[Ss]talled/ },
  notify: { status: "ok", word: /Idle/ },
};
const unowned = "archive, whose partitions nobody owns";
const waiting = { timeout: 150_000, intervals: [1_000] };

let demo: Demo;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(async () => {
  demo.child.kill("SIGTERM");
  await new Promise((resolve) => demo.child.once("exit", resolve));
});

test("each group of the demo reaches the status that it is made for", async ({ page }) => {
  test.setTimeout(200_000);
  const { url } = demo;
  await page.goto(url);
  const rows = page.getByRole("region", { name: "Consumer groups" }).getByRole("row");
  const reached = new Set<string>();
  // On a busy machine statuses change, so each group's status only has to be seen once.
  const said = new Set<string>();
  const archive = page.getByRole("listitem").filter({ hasText: "archive" });
  const reach = async () => {
    const { eventHubs }: Overview = await (await page.request.get(`${url}/api/v1/overview`)).json();
    for (const { name, status } of eventHubs.flatMap(({ consumerGroups }) => consumerGroups)) {
      if (status === intended[name]?.status) reached.add(name);
    }
    for (const [name, { word }] of Object.entries(intended)) {
      const row = rows.filter({ has: page.getByRole("link", { name, exact: true }) });
      if (word.test((await row.textContent()) ?? "")) said.add(name);
    }
    if (/nobody owns its partitions/.test((await archive.allTextContents()).join())) said.add(unowned);
    return { reached: [...reached].sort(), said: [...said].sort() };
  };
  const names = Object.keys(intended).sort();
  await expect.poll(reach, waiting).toEqual({ reached: names, said: [...names, unowned].sort() });
  await page.getByRole("link", { name: "Open alerts" }).click();
  const found = page.getByRole("list", { name: "Findings" });
  const at = new Date(0).toISOString();
  const stalled = reason("stalled", {
    checkpoints: 2,
    from: at,
    fromIsUpperBound: false,
    to: at,
    sequenceNumber: 0,
  });
  await expect(found).toContainText("Partition 9 stalled.");
  await expect(found).toContainText(openingOf(stalled));
});

async function runScript(file: string, env: Record<string, string>) {
  const child = spawn("sh", ["-c", 'sh "$0" 2>&1', file], { env: env as unknown as NodeJS.ProcessEnv });
  let transcript = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    transcript += part;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, transcript };
}

test("an assistant finds what is wrong, plans, applies, verifies and undoes", async () => {
  test.setTimeout(240_000);
  const transcript = await walkWithTools(demo.url);
  writeFileSync(test.info().outputPath("tools.txt"), transcript);
});

test("a shell script finds what is wrong, plans, applies, verifies and undoes", async () => {
  test.skip(process.platform === "win32", "It is a script for sh.");
  test.setTimeout(240_000);
  const built = await buildCommandLine();
  try {
    const path = [built.bin, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
    const { code, transcript } = await runScript(join(import.meta.dirname, "walk.sh"), {
      PATH: path,
      TIDEMARK_URL: demo.url,
    });
    writeFileSync(test.info().outputPath("shell.txt"), transcript);
    expect(code, transcript).toBe(0);
    expect(transcript).toMatch(/The lag was \d+ and is \d+\./);
  } finally {
    built.remove();
  }
});
