import https from "node:https";
import { WebSocket } from "ws";

/** How a hub is reached: AMQP over TLS on port 5671, or the same through WebSockets on port 443. */
export type HubTransport = "amqp" | "webSockets";

/**
 * What the client library makes its WebSockets with, and those that it made. They go through the proxy that the
 * process's other requests go through.
 */
export function createWebSockets() {
  const open = new Set<WebSocket>();
  class HubSocket extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      // Its own agent is none, which would pass the proxy by.
      super(url, protocols, { agent: https.globalAgent, perMessageDeflate: false });
      open.add(this);
      this.once("close", () => open.delete(this));
    }
  }
  return { options: { webSocketOptions: { webSocket: HubSocket } }, open };
}
