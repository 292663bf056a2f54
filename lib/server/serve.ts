import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import next from "next";
import { AppError } from "#lib/core/app-error.ts";
import { narrowRuntime } from "#lib/server/access/narrow/narrow-runtime.ts";
import { createDoor, scraperContext } from "./access/door.ts";
import { withRequest } from "./access/request-context.ts";
import type { Config } from "./config/config.ts";
import { createDashboard } from "./dashboard.ts";
import { answerAhead } from "./http/answer-ahead.ts";
import { log } from "./http/log.ts";
import { isOperational } from "./http/operational.ts";
import type { OpenPort } from "./http/ports.ts";
import { refuse } from "./http/shell.ts";
import { StaticFiles } from "./http/static-files.ts";
import { ConfigFollower } from "./reload/config-follower.ts";
import { setRuntime } from "./runtime.ts";

export interface ConfigSource {
  file: string | null;
  text: string;
  load(text: string): Config;
}

interface Served {
  reload(): void;
  stop(): Promise<void>;
}

export interface OpenPorts {
  main: OpenPort;
  operations: OpenPort | null;
}

export async function serve(
  config: Config,
  root: string,
  source: ConfigSource,
  { main, operations }: OpenPorts,
): Promise<Served> {
  const { hostname, port } = config.server;
  // Next listens for upgrades on the server it gets, so it gets one that never listens.
  const app = next({ dev: false, dir: root, hostname, port, httpServer: createServer() });
  const handler = app.prepare().then(() => app.getRequestHandler());
  const dashboard = await createDashboard(config);
  const buildId = (await readFile(join(root, ".next/BUILD_ID"), "utf8")).trim();
  const files = await StaticFiles.of(join(root, ".next"));
  setRuntime((caller) => narrowRuntime(dashboard.runtime, caller), buildId);
  const door = createDoor(config.access, (entry) => dashboard.appendActivity(entry), {
    servesTools: config.mcp,
  });
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    if (files.answer(request, response) || (await answerAhead(request, response))) return;
    const next = await handler;
    await next(request, response);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const context = await door.receive(request, response);
    if (context === null) return;
    await withRequest(context, () => pass(request, response));
  };
  const cutOff = (response: ServerResponse) => (error: unknown) => {
    log.error({ err: error }, "A request failed before it reached a route.");
    response.destroy();
  };
  main.answerWith((request, response) => {
    answer(request, response).catch(cutOff(response));
  });
  operations?.answerWith((request, response) => {
    if (isOperational(request.url ?? "") && isReading(request.method)) {
      withRequest(scraperContext, () => pass(request, response)).catch(cutOff(response));
    } else {
      refuse(response, notHere, String(request.headers["x-request-id"]));
    }
  });
  await handler;
  dashboard.start();
  const running = dashboard.runConfig((access) => door.changeAccess(access));
  const follower = new ConfigFollower(
    {
      ...source,
      apply: (next) => running.apply(next),
      refused: (problems) => running.refuse(problems),
    },
    source.text,
  );
  follower.start();
  process.stdout.write(`Tidemark listens on ${main.url}\n`);
  if (operations !== null) process.stdout.write(`Probes and metrics are at ${operations.url}\n`);
  const stop = async () => {
    await follower.stop();
    const servers = [main.server, ...(operations === null ? [] : [operations.server])];
    const closed = servers.map((one) => new Promise<void>((resolve) => one.close(() => resolve())));
    for (const one of servers) one.closeIdleConnections();
    await dashboard.stop();
    for (const one of servers) one.closeAllConnections();
    await Promise.all(closed);
    await app.close();
  };
  return { stop, reload: () => follower.reload() };
}

const notHere = new AppError("notFound", "Only /healthz, /readyz and /metrics are served on this port.");

function isReading(method: string | undefined): boolean {
  return method === "GET" || method === "HEAD";
}
