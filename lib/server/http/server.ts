import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerConfig } from "../config/config.ts";
import { admit } from "./shell.ts";

/** How long clients may take before they are cut off, in milliseconds. */
export interface ClientLimits {
  /** For a request's head, and for all of it. */
  headMs: number;
  requestMs: number;
  /** In which nothing at all moves on a connection; streams say that they are there every 15 s. */
  stillMs: number;
}

const defaultLimits: ClientLimits = { headMs: 15_000, requestMs: 30_000, stillMs: 120_000 };
const maxHeaderBytes = 16 * 1024;
const maxHeaders = 100;
const maxConnections = 4_000;

/** Listens as configured. @throws Error with a sentence where the address can't be had */
export async function listen(
  config: ServerConfig,
  handler: RequestListener,
  { headMs, requestMs, stillMs }: ClientLimits = defaultLimits,
): Promise<{ server: Server; url: string }> {
  const options = {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    // Node looks so often who is late.
    connectionsCheckingInterval: Math.min(5_000, headMs / 2),
    // Whoever listens for upgrades, each is a request like any other: it passes the shell and has its limits.
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
