import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { configFolder, KeptSignIns } from "#lib/cli/kept-sign-ins.ts";

const noon = Date.UTC(2026, 0, 15, 12);
const signIn = (hours: number) => ({
  cookie: `tidemark-session=${hours}`,
  name: "viewer",
  until: new Date(noon + hours * 3_600_000).toISOString(),
});
const [one, other] = ["https://one.example", "https://other.example"] as const;

function kept(): KeptSignIns {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-kept-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return new KeptSignIns(join(folder, "tidemark"));
}

it("keeps one sign-in for each dashboard, in a file that only its owner can read", async () => {
  const signIns = kept();
  await signIns.keep(one, signIn(1), noon);
  await signIns.keep(other, signIn(2), noon);
  await signIns.keep(one, signIn(3), noon);
  expect(await signIns.find(one, noon)).toEqual(signIn(3));
  expect(await signIns.find(other, noon)).toEqual(signIn(2));
  expect(readdirSync(dirname(signIns.file))).toEqual(["sign-ins.json"]);
  if (process.platform !== "win32") expect(statSync(signIns.file).mode & 0o077).toBe(0);
});

it("forgets one that is over, and the file with the last one", async () => {
  const signIns = kept();
  await signIns.keep(one, signIn(1), noon);
  const until = noon + 3_600_000;
  expect(await signIns.find(one, until - 1)).not.toBeNull();
  expect(await signIns.find(one, until)).toBeNull();
  await signIns.keep(other, null, until);
  expect(readdirSync(dirname(signIns.file))).toEqual([]);
});

it.each(["", "{", '{"https://one.example":{"cookie":1}}', "[]"])(
  "takes %j for a file without sign-ins",
  async (text) => {
    const signIns = kept();
    mkdirSync(dirname(signIns.file));
    writeFileSync(signIns.file, text);
    expect(await signIns.find(one, noon)).toBeNull();
    await signIns.keep(one, signIn(1), noon);
    expect(await signIns.find(one, noon)).toEqual(signIn(1));
  },
);

it.runIf(process.platform !== "win32")("follows the folder that the system names", () => {
  expect(configFolder({ XDG_CONFIG_HOME: "/home/a/conf" })).toBe("/home/a/conf/tidemark");
  expect(configFolder({})).toMatch(/\/\.config\/tidemark$/);
});
