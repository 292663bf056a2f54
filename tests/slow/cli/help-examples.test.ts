import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { lexer, type Tokens, walkTokens } from "marked";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { CommandFailure } from "#lib/cli/failure.ts";
import { KeptSignIns } from "#lib/cli/kept-sign-ins.ts";
import { createProgram } from "#lib/cli/program.ts";
import { makeToken } from "#lib/server/access/api-tokens.ts";
import { helpFiles, readHelp } from "#tests/support/help/fill.ts";
import { startDashboard, type TestDashboard } from "#tests/support/worlds/dashboard.ts";
import { type LocalWorld, startLocalWorld } from "#tests/support/worlds/local-world.ts";

const folder = mkdtempSync(join(tmpdir(), "tidemark-help-"));
const admin = makeToken();
let world: LocalWorld;
let dashboard: TestDashboard;

/** The examples of the help name orders/billing, an event 48211 and a store "new". */
beforeAll(async () => {
  const firstSequenceNumber = 48_000;
  const groups = { consumerGroups: ["billing", "tidemark"], firstSequenceNumber };
  world = await startLocalWorld([{ name: "orders", partitionCount: 4, ...groups }]);
  for (const id of ["0", "1", "2", "3"]) {
    world.enqueue("orders", id, 300);
    await world.checkpoint("orders", "billing", id, firstSequenceNumber + 99);
  }
  const storage = { connectionString: world.azurite.connectionString };
  const { containerName: container } = world.container;
  const { sha256 } = admin;
  const token = { name: "admin", sha256, role: "admin", expiresAt: "2100-01-01T00:00:00Z" };
  dashboard = await startDashboard(
    {
      refreshSeconds: 1,
      eventHubs: [
        world.hubConfig("orders", {
          inspectionConsumerGroup: "tidemark",
          ownershipExpirationSeconds: 1,
          checkpointStores: [
            { id: "main", ...storage, container },
            { id: "new", ...storage, container, prefix: "new/" },
          ],
        }),
      ],
      access: { tokens: [token] },
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

function shownLines(): string[] {
  const lines: string[] = [];
  const texts = [readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8")];
  for (const text of [...texts, ...helpFiles().map(readHelp)]) {
    void walkTokens(lexer(text), (token) => {
      if (token.type !== "code" || (token as Tokens.Code).lang !== "sh") return;
      lines.push(...(token as Tokens.Code).text.replaceAll(/\\\n\s*/g, "").split("\n"));
    });
  }
  return lines;
}

const wordsOf = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain = ""]) => quoted ?? plain);

async function run(line: string): Promise<string> {
  const [, ...args] = wordsOf(line).map((word) => (word === "billing.csv" ? join(folder, word) : word));
  let ended: string = "no end";
  const program = createProgram(
    (outcome) => (ended = outcome),
    new AbortController().signal,
    new KeptSignIns(folder),
  );
  const once = args[0] === "watch" ? ["--count", "1"] : [];
  // At a terminal it is asked for.
  const typed = args.includes("--execute") && !args.includes("--confirm") ? ["--confirm", "billing"] : [];
  const where = ["--url", dashboard.url, "--token", admin.token];
  try {
    await program.parseAsync([...args, ...once, ...typed, ...where], { from: "user" });
    return ended;
  } catch (error) {
    return error instanceof CommandFailure ? `${error.outcome}: ${error.message}` : String(error);
  }
}

/** Lines that don't end as done: nobody signs in at an issuer here, and nothing has that layout. */
const otherwise: Record<string, RegExp> = {
  "tidemark login": /^failed: .*deviceSignInUnavailable/,
  "tidemark acknowledge 17": /^failed: .*no incident/,
  "tidemark silence --end 3": /^failed: .*no silence/,
  "tidemark move orders/billing --format functions": /^refused$/,
};

it("are commands that a dashboard takes, each as it stands", async () => {
  const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const lines = [...new Set(shownLines())].filter((line) =>
    /^tidemark [a-z]+ (?!\[|<)|^tidemark groups$/.test(line),
  );
  expect(new Set(lines.map((line) => line.split(" ")[1])).size).toBe(19);
  const ends: Record<string, string> = {};
  // One after the other, as the page has them: what is exported is imported.
  for (const line of lines) ends[line] = await run(line);
  printed.mockRestore();
  told.mockRestore();
  const wrong = Object.entries(ends).filter(([line, end]) => {
    const [, expected = /^done$/] = Object.entries(otherwise).find(([begin]) => line.startsWith(begin)) ?? [];
    return !expected.test(end);
  });
  expect(wrong).toEqual([]);
}, 120_000);

it("are requests that a dashboard answers", async () => {
  const lines = shownLines().filter((line) => line.startsWith("curl "));
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    const asked = line.replace(/https?:\/\/[^/\s]+/, dashboard.url);
    const env = { PATH: process.env.PATH ?? "", TIDEMARK_TOKEN: admin.token };
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-c", asked.replace("curl", "curl --silent --fail-with-body")],
      {
        env: env as unknown as NodeJS.ProcessEnv,
      },
    );
    expect(JSON.parse(stdout), line).not.toHaveProperty("error");
  }
});
