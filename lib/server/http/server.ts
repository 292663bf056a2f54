import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerConfig } from "../config/config.ts";
import { admit } from "./shell.ts";

export interface ClientLimits {
  headMs: number;
  requestMs: number;
  /** Without any traffic; streams send something every 15 s. */
  stillMs: number;
}

const defaultLimits: ClientLimits = { headMs: 15_000, requestMs: 30_000, stillMs: 120_000 };
const maxHeaderBytes = 16 * 1024;
const maxHeaders = 100;
const maxConnections = 4_000;

export async function listen(
  config: ServerConfig,
  handler: RequestListener,
  { headMs, requestMs, stillMs }: ClientLimits = defaultLimits,
): Promise<{ server: Server; url: string }> {
  const options = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(5_000, headMs / 2),
    // Treats upgrades as ordinary requests, with the same checks and limits.
    shouldUpgradeCallback: () => false,
  };
  const server = createServer(options, (request, response) => {
    if (admit(request, response, config)) {
      handler(request, response);
    }
  });
  server.setTimeout(stillMs);
  server.maxHeadersCount = maxHeaders;
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(toSentence(cause, config)));
    server.listen(config.port, config.hostname, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = config.hostname.includes(":") ? `[${config.hostname}]` : config.hostname;
  return { server, url: `http://${host}:${port}` };
}

function toSentence(cause: NodeJS.ErrnoException, { hostname, port }: ServerConfig): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${hostname} is in use: end what listens there, or set PORT to another (0 takes any free one).`,
    EACCES: `Port ${port} on ${hostname} needs more rights than this process has: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${hostname} is no address of this machine: set HOSTNAME to one that is.`,
    ENOTFOUND: `HOSTNAME ${hostname} is no address that can be resolved.`,
  };
  return new Error(sentences[cause.code ?? ""] ?? `Can't listen on ${hostname}:${port}: ${cause.message}`, {
    cause,
  });
}
