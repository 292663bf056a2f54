import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openSqlite } from "#lib/history/storage/sqlite.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

function folderIn(prepare: (folder: string) => void = () => {}): string {
  const parent = mkdtempSync(join(tmpdir(), "tidemark-modes-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, "data");
  prepare(folder);
  return folder;
}

async function opened(folder: string): Promise<string[]> {
  const engine = openSqlite(folder);
  await engine.db.schema.createTable("t").addColumn("a", "integer").execute();
  const files = ["", "-wal", "-shm"].map((end) => modeOf(join(folder, `tidemark.sqlite${end}`)));
  await engine.close();
  return [modeOf(folder), ...files];
}

it("a new folder and its files are their owner's alone", async () => {
  expect(await opened(folderIn())).toEqual(["700", "600", "600", "600"]);
});

it("so are those that were there before, open to everybody", async () => {
  const folder = folderIn((path) => {
    mkdirSync(path);
    chmodSync(path, 0o755);
    writeFileSync(join(path, "tidemark.sqlite"), "");
    chmodSync(join(path, "tidemark.sqlite"), 0o644);
  });
  expect(await opened(folder)).toEqual(["700", "600", "600", "600"]);
});

it("a folder that all users share stays as it is, and the files in it are the owner's alone", async () => {
  const folder = folderIn((path) => {
    mkdirSync(path);
    chmodSync(path, 0o1777);
  });
  expect(await opened(folder)).toEqual(["1777", "600", "600", "600"]);
});
