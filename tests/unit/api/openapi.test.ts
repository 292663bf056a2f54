import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { openApiDocument } from "#lib/api/openapi.ts";
import { operations } from "#lib/api/operations.ts";

const app = join(import.meta.dirname, "../../../app");
const document = JSON.stringify(openApiDocument());

it("resolves every reference", () => {
  const names = new Set(
    Object.keys((openApiDocument() as { components: { schemas: object } }).components.schemas),
  );
  const references = [...document.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]);
  expect(references.length).toBeGreaterThan(10);
  expect(references.filter((name) => name === undefined || !names.has(name))).toEqual([]);
});

it("describes exactly the routes that are there", () => {
  const routes = globSync("**/route.ts", { cwd: app })
    .filter((file) => !file.includes("[...rest]"))
    .map((file) => `/${file.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`);
  expect(routes.sort()).toEqual([...new Set(Object.values(operations).map(({ path }) => path))].sort());
});

it("holds every route to its own operation", () => {
  for (const [name, { path }] of Object.entries(operations)) {
    const file = join(app, path.replaceAll(/\{(\w+)\}/g, "[$1]"), "route.ts");
    expect(readFileSync(file, "utf8"), path).toContain(`handle(operations.${name},`);
  }
});

// A bundler makes copies of a module, and zod's registry is one for all of them.
it("is described although a name stands twice in the registry", () => {
  z.object({ other: z.string() }).meta({ id: "Fault" });
  expect(JSON.stringify(openApiDocument())).toBe(document);
});
