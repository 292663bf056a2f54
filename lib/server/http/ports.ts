import type { RequestListener, Server } from "node:http";
import type { ServerConfig } from "../config/config.ts";
import { listen } from "./server.ts";

export interface OpenPort {
  server: Server;
  url: string;
  answerWith: (handler: RequestListener) => void;
}

/**
 * Listens before anything else starts, so that a taken port is told at once. Requests wait for their handler.
 * @throws Error with a sentence if the address is not available
 */
export async function openPort(config: ServerConfig): Promise<OpenPort> {
  const { promise: handler, resolve: answerWith } = Promise.withResolvers<RequestListener>();
  const opened = await listen(config, (request, response) => {
    void handler.then((answer) => answer(request, response));
  });
  return { ...opened, answerWith };
}
