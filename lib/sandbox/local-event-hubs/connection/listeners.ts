import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { createWebSocketStream, WebSocketServer } from "ws";

export interface TlsMaterial {
  key: string | Buffer;
  cert: string | Buffer;
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}

interface ListenAt {
  port: number;
  host: string;
  name: string;
}

type Serve = (stream: Duplex) => void;

export const listenPlain = (at: ListenAt, serve: Serve): Promise<Listener> => listen(createServer(serve), at);

export const listenTls = (at: ListenAt, tls: TlsMaterial, serve: Serve): Promise<Listener> =>
  listen(
    createTlsServer(tls, serve).on("tlsClientError", () => {}),
    at,
  );

/** The path that client libraries use for AMQP over WebSockets; Python's ends with a slash. */
const webSocketPath = /^\/\$servicebus\/websocket\/?$/i;
const webSocketProtocol = "AMQPWSB10";

export function listenWebSockets(at: ListenAt, tls: TlsMaterial | null, serve: Serve): Promise<Listener> {
  const server: HttpServer = tls ? createHttpsServer(tls) : createHttpServer();
  server.on("tlsClientError", () => {});
  const webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has(webSocketProtocol) ? webSocketProtocol : false),
  });
  server.on("upgrade", (request, socket, head) => {
    const path = new URL(request.url ?? "", "http://localhost").pathname;
    if (!webSocketPath.test(path)) {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => serve(createWebSocketStream(webSocket)));
  });
  return listen(server, at);
}

function listen(server: Server, { port, host, name }: ListenAt): Promise<Listener> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const message = isTaken
        ? `Port ${port} on ${host} is in use: stop what listens there, or choose another ${name} for the local Event Hubs (0 takes a free one).`
        : `The local Event Hubs can't listen on ${host}:${port}: ${error.message}`;
      reject(new Error(message, { cause: error }));
    });
    server.listen({ port, host }, () => {
      const address = server.address();
      resolve({
        port: typeof address === "object" && address ? address.port : port,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });
}
