import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { npm } from "#lib/bootstrap/npm.mjs";
import { programFile } from "#lib/bootstrap/programs.mjs";

const root = join(import.meta.dirname, "../../..");

it("finds the script of each program that package.json starts", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const lines = Object.values(scripts).flatMap(
    (script) => /"([^"]+)"/.exec(script)?.[1]?.split(" && ") ?? [],
  );
  const programs = new Set(lines.map((line) => line.split(" ")[0] ?? "").filter((name) => name !== "node"));
  expect([...programs]).toEqual(expect.arrayContaining(["vitest", "playwright", "biome", "next"]));
  for (const program of programs) {
    const file = programFile(program);
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, "utf8"), file).toMatch(/^#!\/usr\/bin\/env (-S )?node/);
  }
  expect(() => programFile("sail")).toThrow('brings the program "sail"');
});

it("runs npm's own script, also where npm.cmd alone is on the PATH and folders have spaces", () => {
  const folder = mkdtempSync(join(tmpdir(), "Program Files "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = join(folder, "node_modules/npm/bin/npm-cli.js");
  mkdirSync(join(script, ".."), { recursive: true });
  writeFileSync(script, "");
  const windows = { platform: "win32" as const, execPath: join(folder, "node.exe") };
  const args = ["ci", "--prefix", "C:\\a b"];
  expect(npm(args, { ...windows, env: {} })).toEqual({ command: process.execPath, args: [script, ...args] });
  const npx = { npm_execpath: "/usr/lib/node_modules/npm/bin/npx-cli.js" };
  expect(npm(["ci"], { platform: "linux", env: npx }).args[0]).toMatch(/npm-cli\.js$/);
  expect(npm(["ci"], { platform: "linux", env: {} })).toEqual({ command: "npm", args: ["ci"] });
});
