import { describe, expect, it } from "vitest";
import { readOtlpSettings } from "#lib/server/config/otlp-settings.ts";

function read(env: Record<string, string>) {
  const problems: string[] = [];
  return { settings: readOtlpSettings(env, (problem) => problems.push(problem)), problems };
}

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };
const defaults = { intervalMs: 60_000, timeoutMs: 30_000, certificates: {} };

describe("sending metrics to a collector", () => {
  it.each([
    ["nothing is set", {}],
    ["only traces are sent", { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://collector:4318" }],
    ["metrics are switched off", { ...endpoint, OTEL_METRICS_EXPORTER: "none" }],
    ["metrics go elsewhere", { ...endpoint, OTEL_METRICS_EXPORTER: "prometheus" }],
    ["all of it is switched off", { ...endpoint, OTEL_SDK_DISABLED: "TRUE" }],
    ["it is set to nothing", { OTEL_EXPORTER_OTLP_ENDPOINT: " " }],
    [
      "what is wrong belongs to somebody else",
      { OTEL_METRIC_EXPORT_INTERVAL: "x", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
    ],
  ])("is off when %s", (_, env) => {
    expect(read(env)).toEqual({ settings: null, problems: [] });
  });

  it.each([
    ["an endpoint for all", endpoint],
    ["an endpoint for metrics", { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "https://collector/v1/metrics" }],
    ["an exporter that is named", { OTEL_METRICS_EXPORTER: "prometheus, otlp" }],
    ["its own protocol", { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf" }],
    [
      "a protocol of its own for metrics",
      {
        ...endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
        OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "http/protobuf",
      },
    ],
  ])("is on with %s", (_, env) => {
    expect(read(env)).toEqual({ settings: defaults, problems: [] });
  });

  it("takes interval and timeout", () => {
    const env = { ...endpoint, OTEL_METRIC_EXPORT_INTERVAL: "5000", OTEL_METRIC_EXPORT_TIMEOUT: "1" };
    expect(read(env).settings).toEqual({ intervalMs: 5_000, timeoutMs: 1, certificates: {} });
  });

  it.each([
    [{ OTEL_METRIC_EXPORT_INTERVAL: "0" }, /^OTEL_METRIC_EXPORT_INTERVAL: .*milliseconds/],
    [{ OTEL_METRIC_EXPORT_INTERVAL: "10s" }, /^OTEL_METRIC_EXPORT_INTERVAL: /],
    [{ OTEL_METRIC_EXPORT_TIMEOUT: "86400001" }, /^OTEL_METRIC_EXPORT_TIMEOUT: /],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, /^OTEL_EXPORTER_OTLP_PROTOCOL: .*http\/protobuf/],
    [{ OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "http/json" }, /^OTEL_EXPORTER_OTLP_PROTOCOL: /],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317" }, /^OTEL_EXPORTER_OTLP_ENDPOINT: must be a URL/],
    [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "collector" }, /^OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: /],
  ])("names what is wrong: %o", (env, problem) => {
    const { problems } = read({ ...endpoint, ...env });
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});
