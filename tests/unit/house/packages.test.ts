import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const read = (file: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../..", file), "utf8"));

type Versions = Record<string, string>;
const own = read("package.json") as Record<
  "dependencies" | "devDependencies" | "optionalDependencies",
  Versions
> & {
  allowScripts: Record<string, boolean>;
};
const lock = read("package-lock.json") as {
  packages: Record<
    string,
    { integrity?: string; hasInstallScript?: boolean; inBundle?: boolean; optional?: boolean }
  >;
};
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");

it("requires one exact version of every package", () => {
  const asked = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies };
  expect(Object.keys(asked).length).toBeGreaterThan(40);
  for (const [name, version] of Object.entries(asked)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  }
});

it("installs every package with the noted hash", () => {
  // npm omits the hash of binaries for platforms other than the lock file's.
  const noted = locked.filter(([, { inBundle, optional }]) => inBundle !== true && optional !== true);
  expect(noted.length).toBeGreaterThan(500);
  for (const [path, { integrity }] of noted) {
    expect(integrity, path).toMatch(/^sha512-/);
  }
});

it("decides by name on every package with an install script", () => {
  const wanting = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = wanting.map(([path]) =>
    path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
  );
  expect(names.toSorted()).toEqual(Object.keys(own.allowScripts).toSorted());
});
