import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openApiDocument } from "#lib/api/operations/openapi.ts";
import type { Operation } from "#lib/api/operations/operation.ts";
import { operations } from "#lib/api/operations/operations.ts";
import { AppError } from "#lib/core/app-error.ts";
import { toHttpError } from "#lib/server/http/error-response.ts";
import { routeTable } from "#tests/support/fixtures/route-table.ts";

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

it("describes exactly the existing routes", () => {
  const routes = globSync("**/route.ts", { cwd: app })
    .filter((file) => !file.includes("[...rest]") && !file.startsWith("mcp"))
    .map((file) => `/${file.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`);
  expect(routes.sort()).toEqual([...new Set(Object.values(operations).map(({ path }) => path))].sort());
});

it("uses its own operation in every route", () => {
  for (const [name, { path }] of Object.entries(operations)) {
    const file = join(app, path.replaceAll(/\{(\w+)\}/g, "[$1]"), "route.ts");
    expect(readFileSync(file, "utf8"), path).toContain(`handle(operations.${name},`);
  }
});

describe("lists the statuses of", () => {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, { responses: object }>> };
  const statusesOf = ({ path, method }: Operation) => Object.keys(paths[path]?.[method]?.responses ?? {});

  it.each(Object.keys(routeTable) as (keyof typeof routeTable)[])("every account at %s", (id) => {
    const codes = routeTable[id].filter((cell) => typeof cell !== "number");
    const told = codes.map((code) => String(toHttpError(new AppError(code, ""), "").status));
    expect(statusesOf(operations[id])).toEqual(expect.arrayContaining(told));
  });

  it.each<[string, Operation[], string[]]>([
    ["one stream too many", [operations.getStream], ["429"]],
    [
      "previews and exports: too many at a time, a group of an account that has no blob yet",
      [operations.previewReset, operations.undoReset, operations.getPositions],
      ["409", "429"],
    ],
    [
      "probes and metrics, which may want a token and have a port of their own",
      [operations.getHealth, operations.getReadiness, operations.getMetrics],
      ["401", "404"],
    ],
    [
      "a body that is too large",
      Object.values<Operation>(operations).filter(({ method }) => method === "post"),
      ["413"],
    ],
  ])("%s", (_, those, statuses) => {
    for (const one of those) expect(statusesOf(one), one.id).toEqual(expect.arrayContaining(statuses));
  });
});

// Bundled copies of a module share zod's registry.
it("ignores a name that occurs twice in the registry", () => {
  z.object({ other: z.string() }).meta({ id: "Fault" });
  expect(JSON.stringify(openApiDocument())).toBe(document);
});
