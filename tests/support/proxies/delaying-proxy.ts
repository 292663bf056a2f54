import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface DelayingProxy {
  port: number;
  stop(): Promise<void>;
}

/** Passes every piece on half of `delayMs` later in each direction, so that an answer takes that much longer. */
export async function startDelayingProxy(targetPort: number, delayMs: number): Promise<DelayingProxy> {
  const open = new Set<Socket>();
  const pass = (from: Socket, to: Socket) => {
    open.add(from);
    from.setNoDelay(true);
    from.on("data", (part) => setTimeout(() => to.destroyed || to.write(part), delayMs / 2));
    from.once("close", () => {
      open.delete(from);
      setTimeout(() => to.destroy(), delayMs / 2);
    });
    from.on("error", () => {});
  };
  const server = createServer((socket) => {
    const onward = connect(targetPort, "127.0.0.1");
    pass(socket, onward);
    pass(onward, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
