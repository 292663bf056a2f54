import { once } from "node:events";
import rheaModule, { type Connection, type Container } from "rhea";
import { onTestFinished } from "vitest";

const rhea = rheaModule as unknown as Container;

export interface RawClient {
  connection: Connection;
  onData(listener: () => void): void;
}

/** A bare AMQP connection, for what the client library does not do by itself. It ends with the test. */
export async function openRawClient(
  port: number,
  { mechanism, idleTimeoutMs }: { mechanism?: string; idleTimeoutMs?: number } = {},
): Promise<RawClient> {
  const start = (done: (error: undefined, response: string) => void) => done(undefined, "\0user\0password");
  const container = rhea.create_container();
  container.on("disconnected", () => {});
  const connection = container.connect({
    port,
    host: "127.0.0.1",
    reconnect: false,
    ...(mechanism ? { sasl_mechanisms: { [mechanism]: () => ({ start }) } } : {}),
    ...(idleTimeoutMs ? { idle_time_out: idleTimeoutMs } : {}),
  } as never);
  onTestFinished(() => connection.close());
  await once(connection, "connection_open");
  const { socket } = connection as unknown as { socket: NodeJS.EventEmitter };
  return { connection, onData: (listener) => socket.on("data", listener) };
}
