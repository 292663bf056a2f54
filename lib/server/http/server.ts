import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerConfig } from "../config/config.ts";
import { admit } from "./shell.ts";

/** Listens as configured. @throws Error with a sentence where the address can't be had */
export async function listen(
  config: ServerConfig,
  handler: RequestListener,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    if (admit(request, response, config)) {
      handler(request, response);
    }
  });
  // Slow and endless clients: what does not send its head or its body in time is cut off.
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
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
