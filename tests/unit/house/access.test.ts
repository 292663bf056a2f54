import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const find = (pattern: string, folder = "") => globSync(pattern, { cwd: join(root, folder) });

const crumbs = join("app", "@crumbs");

it("every page states its access", () => {
  const pages = find("app/**/page.tsx").filter((file) => !file.startsWith(crumbs));
  expect(pages.length).toBeGreaterThan(3);
  for (const file of pages) {
    if (file.startsWith(join("app", "help"))) {
      expect(read(file), file).toMatch(/^export default openPage\(/m);
      // A page for everybody may ask the dashboard for nothing.
      expect(read(file), file).not.toMatch(/lib\/server/);
      continue;
    }
    expect(read(file), file).toMatch(/^export default (?:page|groupPage)\("(viewer|operator|admin)", /m);
  }
});

it("every page has breadcrumbs, which ask for what it asks for", () => {
  const addressOf = (file: string) => file.replaceAll(/\(\w+\)\//g, "").replace(/\/?page\.tsx$/, "");
  const pages = find("**/page.tsx", "app").filter((file) => !file.startsWith("@crumbs"));
  const files = find("**/page.tsx", crumbs);
  expect(files.map(addressOf).sort()).toEqual(pages.map(addressOf).sort());
  for (const file of files)
    expect(read(join(crumbs, file)), file).toContain(`\nexport default placeAt("/${addressOf(file)}");\n`);
});

it("every route uses the wrapper that knows its operation's access", () => {
  for (const file of find("app/**/route.ts")) {
    const text = read(file);
    const handlers = [...text.matchAll(/\b(?:GET|POST|PUT|PATCH|DELETE): *(\w+)/g)].map(([, name]) => name);
    expect(new Set([...handlers, "handle"]), file).toEqual(new Set(["handle"]));
    expect(text, file).toMatch(
      /^export const \{ GET, POST, PUT, PATCH, DELETE \} = (route|refuseAll|everyMethod)\(/m,
    );
    // Tools admit callers to each operation with `perform`.
    if (text.includes("everyMethod(")) expect(file).toBe(join("app", "mcp", "route.ts"));
    expect(text.match(/^export /gm), file).toHaveLength(1);
  }
});

// `runtime()` returns what the caller may see, and routes have no other access.
it("routes and pages import no way to the dashboard except as their caller may see it", () => {
  const doors = new Set([
    "runtime.ts",
    "http/route.ts",
    "http/snapshot-answers.ts",
    "http/event-stream.ts",
    "access/admit-caller.ts",
    "access/me.ts",
    "access/sign-in/sign-in-by-device.ts",
  ]);
  const doorsOfTools = new Set([...doors, "access/perform.ts", "access/request-context.ts", "http/log.ts"]);
  for (const file of find("{app,lib/mcp}/**/*.{ts,tsx}")) {
    const text = read(file);
    const imports = [...text.matchAll(/"#lib\/server\/([^"]+)"/g)].map(([, path]) => path ?? "");
    expect(
      imports.filter((path) => !(file.startsWith("app") ? doors : doorsOfTools).has(path)),
      file,
    ).toEqual([]);
    expect(text, file).not.toMatch(
      /globalThis|Symbol\.for|setRuntime|lib\/(monitor|history|checkpoint-store)/,
    );
  }
});
