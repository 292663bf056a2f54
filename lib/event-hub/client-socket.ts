import { Socket } from "node:net";
import type { WebSocket } from "ws";

/**
 * Returns a client's socket, for which there is no public API. Null if missing, or if the internals change.
 */
function socketOf(client: object): Socket | null {
  const path = ["_context", "connection", "_connection", "socket"];
  const socket = path.reduce<unknown>(
    (owner, key) => (typeof owner === "object" && owner !== null ? Reflect.get(owner, key) : undefined),
    client,
  );
  return socket instanceof Socket ? socket : null;
}

const webSocketsOf = new WeakMap<object, ReadonlySet<WebSocket>>();

export function noteWebSockets(client: object, sockets: ReadonlySet<WebSocket>): void {
  webSocketsOf.set(client, sockets);
}

/**
 * Destroys a client's socket unless it is closing. The client's own close keeps it for minutes if the other
 * end is silent.
 */
export function destroySocket(client: object): void {
  for (const socket of webSocketsOf.get(client) ?? []) socket.terminate();
  const socket = socketOf(client);
  if (socket === null || socket.writableEnded) return;
  // With an error: after a plain close the AMQP library keeps its timers.
  socket.destroy(new Error("The connection was given up."));
}

/**
 * Disables the socket's delay, which would hold each small request until the previous one is acknowledged: 40
 * ms and more, and every reader needs a token first.
 */
export function sendAtOnce(client: object): void {
  socketOf(client)?.setNoDelay(true);
}
