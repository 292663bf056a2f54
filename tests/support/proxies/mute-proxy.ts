import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface MuteProxy {
  port: number;
  isMuted: boolean;
  stop(): Promise<void>;
}

export async function startMuteProxy(targetPort: number): Promise<MuteProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const onward = connect(targetPort, "127.0.0.1");
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    client.pipe(onward);
    onward.on("data", (data) => proxy.isMuted || client.write(data));
    client.once("close", () => onward.destroy());
  });
  const proxy: MuteProxy = {
    port: 0,
    isMuted: false,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy.port = (server.address() as AddressInfo).port;
  return proxy;
}
