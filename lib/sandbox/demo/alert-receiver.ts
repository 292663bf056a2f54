import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const alertSchema = z.object({ text: z.string() });

export interface AlertReceiver {
  url: string;
  stop(): void;
}

export async function startAlertReceiver(say: (line: string) => void): Promise<AlertReceiver> {
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => "");
    try {
      say(`alert: ${alertSchema.parse(JSON.parse(body)).text}`);
      response.writeHead(204).end();
    } catch {
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
