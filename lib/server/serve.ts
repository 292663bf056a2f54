import next from "next";
import { anonymous } from "./access/caller.ts";
import { narrowRuntime } from "./access/narrow-runtime.ts";
import { withRequest } from "./access/request-context.ts";
import type { Config } from "./config/config.ts";
import { createDashboard } from "./dashboard.ts";
import { log } from "./http/log.ts";
import { listen } from "./http/server.ts";
import { setRuntime } from "./runtime.ts";

/**
 * Brings everything up: the port first, so that one in use costs nothing, then the pages, then the refreshes.
 * Answers the function that takes all of it down again.
 */
export async function serve(config: Config, root: string): Promise<() => Promise<void>> {
  const app = next({ dev: false, dir: root, hostname: config.server.hostname, port: config.server.port });
  const handler = app.prepare().then(() => app.getRequestHandler());
  const dashboard = await createDashboard(config);
  setRuntime((caller) => narrowRuntime(dashboard.runtime, caller));
  const { server, url } = await listen(config.server, (request, response) => {
    const context = { caller: anonymous, requestId: String(request.headers["x-request-id"]) };
    handler
      .then((answer) => withRequest(context, () => answer(request, response)))
      .catch((error: unknown) => {
        log.error({ err: error }, "A request failed before it reached a route.");
        response.destroy();
      });
  });
  await handler;
  dashboard.start();
  process.stdout.write(`Tidemark listens on ${url}\n`);
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await dashboard.stop();
    server.closeAllConnections();
    await closed;
    await app.close();
  };
}
