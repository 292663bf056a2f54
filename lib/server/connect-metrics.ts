import { readFile } from "node:fs/promises";
import { Metrics } from "#lib/metrics/metrics.ts";
import type { OtlpExport } from "#lib/metrics/otlp-export.ts";
import type { Monitor } from "#lib/monitor/monitor.ts";
import type { ResetsRuntime } from "#lib/server/resets/resets-runtime.ts";
import type { Config, HubConfig } from "./config/config.ts";
import type { OtlpConfig } from "./config/otlp-settings.ts";
import { log } from "./http/log.ts";
import type { ConfigurationState } from "./reload/configuration-state.ts";

interface ConnectedMetrics {
  metrics: Metrics;
  start(): void;
  stop(): Promise<void>;
}

export function connectMetrics(
  config: Config,
  monitor: Monitor,
  resets: Pick<ResetsRuntime, "subscribe">,
  configs: () => readonly HubConfig[],
  configuration: Pick<ConfigurationState, "isFaulty" | "readAt">,
): ConnectedMetrics {
  const metrics = new Metrics({
    refreshSeconds: config.refreshSeconds,
    snapshots: () => monitor.snapshots(),
    configuration: () => configuration,
    partitionMetrics: (hubId) => configs().find(({ id }) => id === hubId)?.partitionMetrics ?? true,
  });
  monitor.subscribe((snapshot) => metrics.takeIn(snapshot));
  resets.subscribe((reset) => metrics.noteReset(reset));
  let sending: Promise<OtlpExport | null> | null = null;
  return {
    metrics,
    start: () => {
      sending = startSending(config, metrics);
    },
    stop: async () => (await sending)?.stop(),
  };
}

async function readCertificates({ certificates }: OtlpConfig) {
  const read = async (file: string | undefined) => (file === undefined ? undefined : readFile(file));
  const [ca, cert, key] = await Promise.all([certificates.ca, certificates.cert, certificates.key].map(read));
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

/** A bad collector or bad variables stop only the export. */
async function startSending({ otlp, proxies }: Config, metrics: Metrics): Promise<OtlpExport | null> {
  if (otlp === null) return null;
  try {
    // Loaded on demand: it takes longer to load than all other metrics.
    const { startOtlpExport } = await import("#lib/metrics/otlp-export.ts");
    return startOtlpExport({
      metrics,
      intervalMs: otlp.intervalMs,
      timeoutMs: otlp.timeoutMs,
      proxies: proxies === null ? null : { ...proxies, certificates: await readCertificates(otlp) },
      onFault: (fault) => {
        if (fault === null) log.info("The OpenTelemetry collector takes metrics again.");
        else log.warn({ fault }, "Metrics can't be sent to the OpenTelemetry collector; it is tried again.");
      },
    });
  } catch (error) {
    log.error({ err: error }, "Metrics are not sent: the OTEL_… variables can't be used as they are.");
    return null;
  }
}
