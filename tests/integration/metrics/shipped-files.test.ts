import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { families, familyNames } from "#lib/metrics/families.ts";
import { itWithPromtool, promtool } from "#tests/support/promtool.ts";

const root = join(import.meta.dirname, "../../..");
const rulesFile = join(root, "public/prometheus-rules.yml");
const rules = readFileSync(rulesFile, "utf8");
const dashboard = readFileSync(join(root, "public/grafana-dashboard.json"), "utf8");
const help = readFileSync(join(root, "app/help/pages/metrics.md"), "utf8");

function metricNames(text: string): string[] {
  const found = text.match(/\b(?:eventhubs_(?:consumergroup|partition)_\w+|tidemark_[a-z_]+)\b/g) ?? [];
  return [...new Set(found)].filter((name) => !/_$/.test(name)).sort();
}

const served = new Set(
  familyNames.flatMap((name) =>
    families[name].type === "histogram" ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ),
);

interface Target {
  expr: string;
}

function expressions(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "expr" in value ? [(value as Target).expr] : [];
  return [...own, ...Object.values(value).flatMap(expressions)];
}

describe("the files for Prometheus and Grafana", () => {
  it.each([
    ["rules", rules, 9],
    ["dashboard", dashboard, familyNames.length],
    ["help", help, familyNames.length],
  ])("name only metrics that are served: %s", (_, text, least) => {
    const names = metricNames(text);
    expect(names.filter((name) => !served.has(name))).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(least);
  });

  it("have every metric in the help's table", () => {
    const rows = [...help.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name);
    expect(familyNames.filter((name) => !rows.includes(name))).toEqual([]);
  });

  it("have panels with unique ids that do not overlap", () => {
    const { panels } = JSON.parse(dashboard) as {
      panels: { id: number; type: string; gridPos: { x: number; y: number; w: number; h: number } }[];
    };
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const { gridPos } of panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x} ${y}`)).toBe(false);
          taken.add(`${x} ${y}`);
        }
      }
    }
  });

  itWithPromtool("are rules that Prometheus takes", async () => {
    const { code, said } = await promtool(["check", "rules", rulesFile]);
    expect(said).toMatch(/SUCCESS: \d+ rules found/);
    expect(code).toBe(0);
  });

  itWithPromtool("are rules that fire on one side of each edge and not on the other", async () => {
    const file = join(import.meta.dirname, "prometheus-rules.yml");
    const { code, said } = await promtool(["test", "rules", file]);
    expect(said).toContain("SUCCESS");
    expect(code).toBe(0);
    const tested = readFileSync(file, "utf8");
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = ""]) => name);
    expect(alerts.length).toBeGreaterThanOrEqual(8);
    for (const alert of alerts) {
      const quiet = `ALERTS{alertname="${alert}", alertstate="firing"}`;
      expect(tested.split(quiet).length - 1, alert).toBeGreaterThan(1);
      expect(tested, alert).toContain(`ALERTS{alertname="${alert}", alertstate="firing", `);
    }
  });

  itWithPromtool("are queries that Prometheus takes, those of the help as well", async () => {
    const shown = [...help.matchAll(/```promql\n([\s\S]*?)```/g)].map(([, query = ""]) => query.trim());
    expect(shown.length).toBeGreaterThan(3);
    const all = [...expressions(JSON.parse(dashboard)), ...shown];
    expect(all.length).toBeGreaterThan(30);
    const folder = mkdtempSync(join(tmpdir(), "tidemark-grafana-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "queries.yml");
    const queries = all.map((expr, index) => ({
      record: `grafana:query${index}`,
      expr: expr.replaceAll("$__rate_interval", "5m"),
    }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: "grafana", rules: queries }] }));
    const { said } = await promtool(["check", "rules", file]);
    expect(said).toContain(`SUCCESS: ${all.length} rules found`);
  });
});
