import { Socket } from "node:net";

/**
 * Lets go of a client's socket, unless it is being closed in good order. The client's own close leaves it standing while the other end is
 * silent, for minutes, and has no public way to it; where its inside should change, this does nothing.
 */
export function destroySocket(client: object): void {
  const path = ["_context", "connection", "_connection", "socket"];
  const socket = path.reduce<unknown>(
    (owner, key) => (typeof owner === "object" && owner !== null ? Reflect.get(owner, key) : undefined),
    client,
  );
  if (!(socket instanceof Socket) || socket.writableEnded) return;
  // With an error, because on a plain close the client's AMQP library keeps its timers running.
  socket.destroy(new Error("The connection was given up."));
}
