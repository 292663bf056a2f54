import https from "node:https";
import { WebSocket } from "ws";

export type HubTransport = "amqp" | "webSockets";

/**
 * A WebSocket class for the client library, and its open sockets. They use the same proxy as the process's
 * other requests, which they would bypass without an agent.
 */
export function createWebSockets() {
  const open = new Set<WebSocket>();
  class HubSocket extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols, { agent: https.globalAgent, perMessageDeflate: false });
      open.add(this);
      this.once("close", () => open.delete(this));
    }
  }
  return { options: { webSocketOptions: { webSocket: HubSocket } }, open };
}
