import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { operations } from "#lib/api/operations/operations.ts";
import { scalingSchema } from "#lib/api/scaling.ts";
import { pollMetricsApi, pollPrometheus } from "#tests/support/fixtures/keda.ts";
import { itWithPromtool, promtool } from "#tests/support/promtool.ts";

const examples = join(import.meta.dirname, "../../../lib/packaging/helm/examples");
const api = readFileSync(join(examples, "keda.yaml"), "utf8");
const prometheus = readFileSync(join(examples, "keda-prometheus.yaml"), "utf8");
const setting = (text: string, name: string) =>
  new RegExp(`^ +${name}: "?([^"\n]+)"?$`, "m").exec(text)?.[1] ?? "";

it("points KEDA at an existing figure of the route", () => {
  const path = operations.getScaling.path.replace("{hub}", "orders").replace("{group}", "billing");
  expect(setting(api, "url")).toBe(`http://tidemark${path}`);
  expect(setting(api, "authMode")).toBe("bearer");
  const metadata = {
    valueLocation: setting(api, "valueLocation"),
    activationTargetValue: Number(setting(api, "activationTargetValue")),
  };
  const answer = (lag: number) =>
    JSON.stringify(
      scalingSchema.parse({
        lag,
        isUpperBound: false,
        partitionsBehind: 1,
        partitionCount: 4,
        active: lag > 0,
        observedAt: "2026-03-02T14:00:00.000Z",
      }),
    );
  expect(pollMetricsApi(200, answer(1), metadata)).toEqual({ value: 1, isActive: true });
  expect(pollMetricsApi(200, answer(0), metadata)).toEqual({ value: 0, isActive: false });
  const refused = JSON.stringify({ error: { code: "lagUnknown", message: "", requestId: "" } });
  expect(pollMetricsApi(503, refused, metadata)).toHaveProperty("error");
  expect(pollMetricsApi(200, refused, metadata)).toHaveProperty("error");
});

const lag = (partition: number, values: string) => ({
  series: `eventhubs_consumergroup_lag{eventhub="orders", consumergroup="billing", partition="${partition}", instance="a"}`,
  values,
});
const readAt = (values: string) => ({
  series: 'tidemark_last_success_timestamp_seconds{hub="orders"}',
  values,
});
const whole = [lag(0, "5x4"), lag(1, "0x4"), lag(2, "30x4"), lag(3, "0x4")];

itWithPromtool("asks Prometheus for a lag that is whole and recent, or for nothing", async () => {
  const query = /query: >-\n((?: {10}.*\n)+)/.exec(prometheus)?.[1]?.replaceAll(/\s+/g, " ").trim();
  expect(query).toContain("eventhubs_consumergroup_lag");
  const asked = (input_series: object[], exp_samples: object[]) => ({
    interval: "1m",
    input_series,
    promql_expr_test: [{ expr: query, eval_time: "2m", exp_samples }],
  });
  const tests = [
    asked([...whole, readAt("0 60 120")], [{ labels: "{}", value: 35 }]),
    // Two dashboards on one PostgreSQL report the same lag, which counts once.
    asked(
      [
        ...whole,
        ...whole.map(({ series, values }) => ({ series: series.replace('"a"', '"b"'), values })),
        readAt("0 60 120"),
      ],
      [{ labels: "{}", value: 35 }],
    ),
    asked([...whole.slice(1), readAt("0 60 120")], []),
    asked([...whole, readAt("0 60 60")], []),
    asked([...whole], []),
  ];
  const folder = mkdtempSync(join(tmpdir(), "tidemark-keda-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "keda.yml");
  writeFileSync(file, JSON.stringify({ rule_files: [], evaluation_interval: "1m", tests }));
  expect(await promtool(["test", "rules", file])).toMatchObject({ code: 0 });
  const ignoresNull = setting(prometheus, "ignoreNullValues") !== "false";
  expect(pollPrometheus([], ignoresNull)).toHaveProperty("error");
  expect(pollPrometheus([35], ignoresNull)).toEqual({ value: 35, isActive: true });
});
