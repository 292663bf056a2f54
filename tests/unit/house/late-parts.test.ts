import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

/** The ways to `late`. Each catches a missing part. A schema goes to the typed fetch, which loads it. */
const ways = [
  /\blate\(\(\) =>\s*Promise\.all\(\[[^\]]*\]\)/g,
  /\b(?:late(?:Component|Dialog|Chart)|seldom)(<\w+>)?\(\s*\(\) =>\s*import\([^)]*\)\.then\(\(m\) => m\.\w+\)/g,
  // What the server draws, too; another component takes its place.
  /\bdynamic\(\s*\(\) =>\s*late\(\(\) => import\([^)]*\)\)\s*\.then\(\(m\) => m\.\w+\)\s*\.catch\(\(\) => \w+\),?\s*\)/g,
  // What the browser alone draws, so that nothing need be told of it beforehand.
  /\blazy\(\s*\(\) =>\s*late\(\(\) => import\([^)]*\)\)\.then\(\s*\(m\) => \(\{ default: m\.\w+ \}\),\s*\(\) => \(\{ default: \w+ \}\),?\s*\),?\s*\)/g,
  /async \(\) =>\s*\(await import\("#lib\/api\/[^"]+"\)\)\.\w+Schema\b/g,
];

function strayLoads(text: string): string[] {
  const rest = ways.reduce((left, way) => left.replaceAll(way, ""), text);
  return rest.match(/\bimport\(|\bdynamic\(|(?<!import dynamic from ")\bnext\/dynamic\b|\blazy\(/g) ?? [];
}

it("loads every later part of a page in the one way that survives its absence", () => {
  const files = globSync("{app,components,lib/client}/**/*.{ts,tsx}", { cwd: root });
  expect(files.length).toBeGreaterThan(150);
  const stray = files.flatMap((file) =>
    strayLoads(readFileSync(join(root, file), "utf8")).map((load) => `${file}: ${load}`),
  );
  expect(stray).toEqual([]);
});

it.each([
  ['const a = await import("./a.ts");', 1],
  ['import load from "next/dynamic";', 1],
  ['import dynamic from "next/dynamic"; const A = dynamic(load);', 1],
  ['dynamic(() => late(() => import("./a.tsx")).then((m) => m.A))', 2],
  ["const A = lazy(() => load());", 1],
  ['lazy(() => late(() => import("./a.tsx")).then((m) => ({ default: m.A })))', 2],
  ['lazy(() => late(() => import("./a.tsx")).then((m) => ({ default: m.A }), () => ({ default: B })))', 0],
  ['const A = seldom(() => import("./a.tsx").then((m) => m.A));', 0],
  ['const A = lateChart(() => import("./a.tsx").then((m) => m.A));', 0],
  ['dynamic(() => late(() => import("./a.tsx")).then((m) => m.A).catch(() => B))', 0],
  ['getJson("/x", async () => (await import("#lib/api/me.ts")).meSchema)', 0],
])("detects another way to load: %s", (text, count) => {
  expect(strayLoads(text)).toHaveLength(count);
});
