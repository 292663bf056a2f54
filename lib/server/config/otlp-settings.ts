import type { Environment } from "./substitute.ts";

type Report = (problem: string) => void;

export interface OtlpConfig {
  intervalMs: number;
  timeoutMs: number;
  certificates: { ca?: string; cert?: string; key?: string };
}

const spoken = "http/protobuf";

/**
 * Reads the standard `OTEL_…` variables for metrics. On with an endpoint, or if OTEL_METRICS_EXPORTER names
 * otlp; otherwise null.
 */
export function readOtlpSettings(env: Environment, report: Report): OtlpConfig | null {
  const own = env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT?.trim();
  const shared = env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  const exporters = (env.OTEL_METRICS_EXPORTER ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const isNamed = exporters.includes("otlp");
  const hasEndpoint = Boolean(own || shared);
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === "true") return null;
  if (!isNamed && (exporters.length > 0 || !hasEndpoint)) return null;
  checkEndpoint("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", own, report);
  if (!own) checkEndpoint("OTEL_EXPORTER_OTLP_ENDPOINT", shared, report);
  const protocol =
    env.OTEL_EXPORTER_OTLP_METRICS_PROTOCOL?.trim() || env.OTEL_EXPORTER_OTLP_PROTOCOL?.trim() || spoken;
  if (protocol !== spoken) {
    report(
      `OTEL_EXPORTER_OTLP_PROTOCOL: the dashboard sends metrics only by ${spoken}; set ` +
        `OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=${spoken} with an endpoint for it (mostly port 4318), or ` +
        "OTEL_METRICS_EXPORTER=none to send none",
    );
  }
  return {
    intervalMs: readMs(env, "OTEL_METRIC_EXPORT_INTERVAL", 60_000, report),
    timeoutMs: readMs(env, "OTEL_METRIC_EXPORT_TIMEOUT", 30_000, report),
    certificates: {
      ...fileOf(env, "ca", "CERTIFICATE"),
      ...fileOf(env, "cert", "CLIENT_CERTIFICATE"),
      ...fileOf(env, "key", "CLIENT_KEY"),
    },
  };
}

function fileOf(env: Environment, key: string, name: string): Record<string, string> {
  const file = env[`OTEL_EXPORTER_OTLP_METRICS_${name}`]?.trim() || env[`OTEL_EXPORTER_OTLP_${name}`]?.trim();
  return file ? { [key]: file } : {};
}

function checkEndpoint(name: string, value: string | undefined, report: Report): void {
  if (!value) return;
  const isUrl = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  if (!isUrl) report(`${name}: must be a URL such as http://localhost:4318`);
}

function readMs(env: Environment, name: string, fallback: number, report: Report): number {
  const text = env[name]?.trim() ?? "";
  if (text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 86_400_000) {
    report(`${name}: must be a whole number of milliseconds, from 1 to a day`);
    return fallback;
  }
  return value;
}
