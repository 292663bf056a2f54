import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const most = 20;

it("keeps every folder small enough to take in at a glance", () => {
  const files = globSync("{app,components,lib,tests}/**/*.*", {
    cwd: root,
    exclude: ["**/node_modules/**", "**/README.md"],
  });
  expect(files.length).toBeGreaterThan(500);
  const counts = new Map<string, number>();
  for (const file of files) {
    counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > most)).toEqual([]);
});
