import { once } from "node:events";
import rheaModule, { type Connection, type Container } from "rhea";
import { onTestFinished } from "vitest";

const rhea = rheaModule as unknown as Container;

export interface RawClient {
  connection: Connection;
  onData(listener: () => void): void;
  received(): Buffer;
}

/**
 * Opens a bare AMQP connection, for what the client library does not do by itself, and closes it with the
 * test.
 */
export async function openRawClient(
  port: number,
  {
    mechanism,
    idleTimeoutMs,
    sessionBufferSize,
  }: { mechanism?: string; idleTimeoutMs?: number; sessionBufferSize?: number } = {},
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
    ...(sessionBufferSize ? { session_buffer_size: sessionBufferSize } : {}),
  } as never);
  onTestFinished(() => connection.close());
  const { socket } = connection as unknown as { socket: NodeJS.EventEmitter };
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(connection, "connection_open");
  return {
    connection,
    onData: (listener) => socket.on("data", listener),
    received: () => Buffer.concat(chunks),
  };
}
