import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
/** These load after the first picture, being large: schemas, charts, and the texts that explain a column. */
const late = ["zod", "recharts", "lib/client/help/explain.ts", "lib/client/help/column-explanations.ts"];
/** `components/ui/text/link.tsx` is what pages need of it. */
const unused = ["next/link"];
/** The server draws where one is. */
const ofServer = ["lib/client/url/crumbs.ts", "lib/client/help/help-contents.ts"];
const statement = /^(?:import|export)\s+(?!type\b)([^;"']*?\sfrom\s+)?"([^"]+)";/gms;

function broughtBy(file: string): string[] {
  const found: string[] = [];
  for (const [, names = "", target = ""] of readFileSync(join(root, file), "utf8").matchAll(statement)) {
    const inside = /^\{(.*)\}/s.exec(names.trim())?.[1]?.split(",");
    const isOfTypes = inside?.every((name) => name.trim() === "" || name.trim().startsWith("type "));
    if (isOfTypes === true) continue;
    if (target.startsWith("#")) found.push(target.slice(1));
    else found.push(target.startsWith(".") ? normalize(join(dirname(file), target)) : target);
  }
  return found;
}

function waysFrom(start: string): string[] {
  const from = new Map<string, string | null>([[start, null]]);
  for (const file of from.keys()) {
    if (!/\.tsx?$/.test(file) || !existsSync(join(root, file))) continue;
    for (const next of broughtBy(file)) if (!from.has(next)) from.set(next, file);
  }
  expect(from.size, start).toBeGreaterThan(50);
  return [...late, ...unused, ...ofServer]
    .filter((name) => from.has(name))
    .map((name) => {
      const way = [name];
      for (let file = from.get(name); file; file = from.get(file)) way.unshift(file);
      return way.join(" > ");
    });
}

it.each([
  "app/layout.tsx",
  "app/(overview)/overview-view.tsx",
  "app/event-hubs/[hub]/(hub)/hub-view.tsx",
  "app/event-hubs/[hub]/consumer-groups/[group]/group-view.tsx",
])("%s loads neither schemas nor charts nor explanations, Next's links or crumbs at first", (view) => {
  expect(waysFrom(view)).toEqual([]);
});

it("sees what a page brings with it", () => {
  expect(waysFrom("app/resets/[id]/reset-view.tsx").join()).toContain("> zod");
  expect(broughtBy("components/charts/time-chart.tsx")).toContain("recharts");
});
