import { Socket } from "node:net";
import type { WebSocket } from "ws";

/** A client's socket, which it has no public way to; null where there is none, or where its inside should change. */
function socketOf(client: object): Socket | null {
  const path = ["_context", "connection", "_connection", "socket"];
  const socket = path.reduce<unknown>(
    (owner, key) => (typeof owner === "object" && owner !== null ? Reflect.get(owner, key) : undefined),
    client,
  );
  return socket instanceof Socket ? socket : null;
}

const webSocketsOf = new WeakMap<object, ReadonlySet<WebSocket>>();

/** Remembers the WebSockets that a client makes, which it has no public way to either. */
export function noteWebSockets(client: object, sockets: ReadonlySet<WebSocket>): void {
  webSocketsOf.set(client, sockets);
}

/**
 * Lets go of a client's socket, unless it is being closed in good order. The client's own close leaves it
 * standing while the other end is silent, for minutes.
 */
export function destroySocket(client: object): void {
  for (const socket of webSocketsOf.get(client) ?? []) socket.terminate();
  const socket = socketOf(client);
  if (socket === null || socket.writableEnded) return;
  // With an error, because on a plain close the client's AMQP library keeps its timers running.
  socket.destroy(new Error("The connection was given up."));
}

/**
 * Has a client's small requests go out at once. Its socket would hold each back until the one before is
 * acknowledged, 40 ms and more, and it asks for a token before every reader, one after the other.
 */
export function sendAtOnce(client: object): void {
  socketOf(client)?.setNoDelay(true);
}
