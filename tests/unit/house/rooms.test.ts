import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { describe, expect, it, onTestFinished } from "vitest";
import config from "../../../.dependency-cruiser.mjs";

const root = join(import.meta.dirname, "../../..");

async function look(folder: string, rooms: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(rooms, {
    ...config.options,
    baseDir: folder,
    ruleSet: { forbidden: config.forbidden ?? [] },
    validate: true,
  });
  return output as ICruiseResult;
}

function build(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-house-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ type: "module", imports: { "#lib/*": "./lib/*", "#components/*": "./components/*" } }),
  );
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

describe("the rooms of the house", () => {
  it.each([
    ["lib/lag/a.ts", "#lib/monitor/b.ts", "walls of lib/lag"],
    ["components/ui/a.ts", "#lib/client/b.ts", "walls of components/ui"],
    ["lib/server/a.ts", "#lib/client/b.ts", "walls of lib/server"],
    ["lib/monitor/a.ts", "#lib/sandbox/b.ts", "walls of lib/monitor"],
    ["lib/monitor/a.ts", "@azure/storage-blob", "home of @azure/storage-blob"],
    ["lib/history/a.ts", "#lib/monitor/b.ts", "walls of lib/history"],
    ["lib/server/a.ts", "kysely", "home of kysely"],
    ["lib/server/a.ts", "pg", "home of pg"],
    ["lib/server/a.ts", "node:sqlite", "home of node:sqlite"],
    ["lib/client/a.ts", "node:fs", "pages and the browser's side run no Node module"],
    ["lib/reset/group/a.ts", "#lib/reset/plan/b.ts", "floors of lib/reset"],
    ["lib/reset/plan/a.ts", "#lib/reset/apply/b.ts", "floors of lib/reset"],
    ["lib/reset/plan/a.ts", "#lib/reset/move/b.ts", "floors of lib/reset"],
    ["lib/reset/cleanup/a.ts", "#lib/reset/apply/b.ts", "floors of lib/reset"],
    ["lib/reset/apply/a.ts", "#lib/reset/live/b.ts", "floors of lib/reset"],
    ["lib/reset/live/a.ts", "#lib/reset/watch/b.ts", "floors of lib/reset"],
    ["lib/stray.ts", "#lib/core/b.ts", "every file has a room"],
  ])("forbids %s to import %s", async (from, to, rule) => {
    const target = to.startsWith("#") ? { [to.slice(1)]: "export const b = 1;" } : {};
    const folder = build({ [from]: `import * as b from "${to}"; export const a = b;`, ...target });
    const { summary } = await look(
      folder,
      ["lib", "components"].filter((room) => from.startsWith(room)),
    );
    expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule);
  });
});
