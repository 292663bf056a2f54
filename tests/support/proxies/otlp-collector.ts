import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { decodeMetrics, type SentMetrics } from "./otlp-decode.ts";

/**
 * The moods `fail` and `refuse` answer 503 and 400, and `hang` answers nothing. The newest request's `points`
 * come first.
 */
export interface TestCollector {
  url: string;
  requests: { path: string; headers: IncomingHttpHeaders; body: SentMetrics }[];
  mood: "take" | "fail" | "refuse" | "hang";
  points(name: string): SentMetrics["metrics"][number]["points"][];
}

export async function startCollector(): Promise<TestCollector> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
      collector.requests.push({
        path: request.url ?? "",
        headers: request.headers,
        body: decodeMetrics(body),
      });
      if (collector.mood === "hang") return;
      const status = { take: 200, fail: 503, refuse: 400 }[collector.mood];
      response.writeHead(status, { "content-type": "application/x-protobuf" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const collector: TestCollector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    mood: "take",
    points: (name) =>
      collector.requests
        .toReversed()
        .flatMap(({ body }) => body.metrics.filter((metric) => metric.name === name))
        .map(({ points }) => points),
  };
  return collector;
}
