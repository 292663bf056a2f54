import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Fate = "pass" | "dropAnswer" | "silentAnswer" | "dropRequest" | "silence" | Refusal;

interface Refusal {
  status: number;
  code?: string;
}

export interface FaultyProxy {
  port: number;
  fate: (incoming: IncomingMessage) => Fate | Promise<Fate>;
  /** How far the clock of the answers is ahead: every blob is that much older. */
  laterMs: number;
  stop(): Promise<void>;
}

export async function startFaultyProxy(targetPort: number): Promise<FaultyProxy> {
  const proxy: FaultyProxy = { port: 0, fate: () => "pass", laterMs: 0, stop: async () => {} };
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const fate = await proxy.fate(incoming);
      if (fate === "silence") return;
      if (fate === "dropRequest") return void outgoing.destroy();
      if (typeof fate === "object") return void refuse(outgoing, fate);
      const { method, url: path, rawHeaders: headers } = incoming;
      const onward = request({ port: targetPort, host: "127.0.0.1", method, path, headers }, (answer) => {
        if (fate === "dropAnswer" || fate === "silentAnswer") {
          answer.resume().once("end", () => fate === "dropAnswer" && outgoing.destroy());
          return;
        }
        const date = new Date(Date.parse(answer.headers.date ?? "") + proxy.laterMs).toUTCString();
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...answer.headers,
          ...(proxy.laterMs !== 0 && { date }),
        });
        answer.pipe(outgoing);
      });
      onward.once("error", () => outgoing.destroy());
      incoming.pipe(onward);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy.port = (server.address() as AddressInfo).port;
  proxy.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return proxy;
}

function refuse(outgoing: ServerResponse, { status, code }: Refusal): void {
  if (code === undefined) return void outgoing.writeHead(status).end();
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`;
  outgoing.writeHead(status, { "x-ms-error-code": code, "content-type": "application/xml" }).end(body);
}

export function isCheckpointWrite({ method, url = "" }: IncomingMessage): boolean {
  return method === "PUT" && url.includes("checkpoint") && !url.includes("comp=lease");
}
