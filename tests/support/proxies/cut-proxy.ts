import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface CutProxy {
  port: number;
  /** While cut, every connection is closed at once. */
  cut(isCut: boolean): void;
  stop(): Promise<void>;
}

/** Passes everything on until it is cut, and again afterwards, at the same port. */
export async function startCutProxy(targetPort: number): Promise<CutProxy> {
  const open = new Set<Socket>();
  let isClosed = false;
  const endAll = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((socket) => {
    if (isClosed) {
      socket.destroy();
      return;
    }
    const onward = connect(targetPort, "127.0.0.1");
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => {});
      one.once("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: (isCut) => {
      isClosed = isCut;
      if (isCut) endAll();
    },
    stop: () =>
      new Promise((resolve) => {
        endAll();
        server.close(() => resolve());
      }),
  };
}
