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

it("makes a new folder and its files readable by their owner alone", async () => {
  expect(await opened(folderIn())).toEqual(["700", "600", "600", "600"]);
});

it("restricts existing ones that were open to everybody", async () => {
  const folder = folderIn((path) => {
    mkdirSync(path);
    chmodSync(path, 0o755);
    writeFileSync(join(path, "tidemark.sqlite"), "");
    chmodSync(join(path, "tidemark.sqlite"), 0o644);
  });
  expect(await opened(folder)).toEqual(["700", "600", "600", "600"]);
});

it("leaves a shared folder as it is, and restricts the files in it", async () => {
  const folder = folderIn((path) => {
    mkdirSync(path);
    chmodSync(path, 0o1777);
  });
  expect(await opened(folder)).toEqual(["1777", "600", "600", "600"]);
});
