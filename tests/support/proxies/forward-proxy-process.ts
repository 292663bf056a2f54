import { createServer, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { ForwardProxyOptions } from "./forward-proxy.ts";

const { user, password, hosts = {} } = JSON.parse(process.argv[2] ?? "{}") as ForwardProxyOptions;
const expected = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

function isLetIn({ headers }: IncomingMessage): boolean {
  return headers["proxy-authorization"] === expected;
}

function place(host: string): { host: string; port: number } {
  const own = hosts[host];
  if (own !== undefined) return { host: "127.0.0.1", port: own };
  const { hostname, port } = new URL(`http://${host}`);
  return { host: hostname, port: Number(port || 80) };
}

const server = createServer((incoming, outgoing) => {
  process.send?.({ seen: `${incoming.method} ${incoming.url}` });
  if (!isLetIn(incoming)) {
    outgoing.writeHead(407, { "proxy-authenticate": "Basic" }).end();
    return;
  }
  const url = new URL(incoming.url ?? "");
  const headers = { ...incoming.headers };
  delete headers["proxy-authorization"];
  const onward = request(
    { ...place(url.host), method: incoming.method, path: url.pathname + url.search, headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  onward.on("error", () => outgoing.writeHead(502).end());
  incoming.pipe(onward);
});
server.on("connect", (incoming, socket, head) => {
  process.send?.({ seen: `CONNECT ${incoming.url}` });
  socket.on("error", () => {});
  if (!isLetIn(incoming)) {
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n");
    return;
  }
  const onward = connect(place(incoming.url ?? ""), () => {
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    onward.write(head);
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
  socket.on("close", () => onward.destroy());
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
