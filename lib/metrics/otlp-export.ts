import http from "node:http";
import https from "node:https";
import { hostname } from "node:os";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from "@opentelemetry/resources";
import {
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import { type MetricProducerOptions, SnapshotProducer } from "./otlp-data.ts";

/** Keeps one request below the collectors' default limit and its writing to a few milliseconds. */
const pointsPerRequest = 5_000;
const stopWithinMs = 2_000;

export interface OtlpExportOptions {
  metrics: MetricProducerOptions["metrics"];
  intervalMs: number;
  timeoutMs: number;
  onFault: (fault: string | null) => void;
  /** Proxies to use; null: none. The exporter has its own agents, which know no proxy. */
  proxies: ProxyEnv | null;
}

interface ProxyEnv {
  HTTP_PROXY?: string;
  HTTPS_PROXY?: string;
  NO_PROXY: string;
  certificates: { ca?: Buffer; cert?: Buffer; key?: Buffer };
}

export interface OtlpExport {
  stop(): Promise<void>;
}

/**
 * Exports metrics from now on as the standard `OTEL_…` variables say. The packages themselves read address,
 * headers, certificates, compression and temporality.
 * @throws Error when the packages reject those variables
 */
export function startOtlpExport(options: OtlpExportOptions): OtlpExport {
  const { metrics, intervalMs, timeoutMs, onFault, proxies } = options;
  const exporter = new OTLPMetricExporter(
    proxies === null ? {} : { httpAgentOptions: (protocol) => proxiedAgent(protocol, proxies) },
  );
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": "tidemark", "service.instance.id": hostname() }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }));
  const producer = new SnapshotProducer({
    metrics,
    resource,
    temporality: (instrument) => exporter.selectAggregationTemporality(instrument),
    clock: Date.now,
  });
  const reader = new PeriodicExportingMetricReader({
    exporter: withFaults(exporter, onFault),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(timeoutMs, intervalMs),
    maxExportBatchSize: pointsPerRequest,
    metricProducers: [producer],
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  return {
    stop: () => provider.shutdown({ timeoutMillis: stopWithinMs }).catch(() => {}),
  };
}

function proxiedAgent(protocol: string, { certificates, ...proxies }: ProxyEnv): http.Agent {
  const options = { keepAlive: true, proxyEnv: { ...proxies, NODE_ENV: "production" as const } };
  return protocol === "http:" ? new http.Agent(options) : new https.Agent({ ...options, ...certificates });
}

function withFaults(
  exporter: PushMetricExporter,
  onFault: OtlpExportOptions["onFault"],
): Pick<PushMetricExporter, "export" | "forceFlush" | "shutdown"> {
  let isFailing = false;
  return {
    export: (metrics, done) =>
      exporter.export(metrics, (result) => {
        const { error } = result;
        const fails = result.code !== 0;
        if (fails && !isFailing) onFault(error?.message.slice(0, 300) || "no reason is given");
        if (!fails && isFailing) onFault(null);
        isFailing = fails;
        done(result);
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  };
}
