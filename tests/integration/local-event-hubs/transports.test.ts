import { once } from "node:events";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { EventHubConsumerClient } from "@azure/event-hubs";
import { describe, expect, it, onTestFinished } from "vitest";
import WebSocket from "ws";
import { makeCertificate } from "#lib/sandbox/certificate.ts";
import { type LocalEventHubs, startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { quickRetries, readBodies } from "#tests/support/local-event-hubs.ts";

const eventHubs = [{ name: "orders", partitionCount: 1 }];
const certificate = await makeCertificate();
const { authority, tls } = certificate;

async function start(options: object): Promise<LocalEventHubs> {
  const endpoint = await startLocalEventHubs({ eventHubs, ...options });
  onTestFinished(() => endpoint.stop());
  return endpoint;
}

const withoutEmulator = ({ connectionString }: LocalEventHubs, port: number | null): string =>
  connectionString.replace(/localhost:\d+/, `localhost:${port}`).replace("UseDevelopmentEmulator=true;", "");

describe("TLS", () => {
  it("carries the client library, which trusts only the authority", async () => {
    const endpoint = await start({ tls });
    endpoint.append("orders", "0", [{ body: "one" }]);
    const trusted = getCACertificates();
    setDefaultCACertificates([authority]);
    onTestFinished(() => setDefaultCACertificates(trusted));
    const client = new EventHubConsumerClient(
      "$Default",
      withoutEmulator(endpoint, endpoint.tlsPort),
      "orders",
      quickRetries,
    );
    onTestFinished(() => client.close());

    expect(await readBodies(client, "0", { offset: "-1" }, 1)).toEqual(["one"]);
  });
});

describe("WebSockets", () => {
  it("carry the client library within TLS", async () => {
    const endpoint = await start({ tls, webSocketPort: 0 });
    endpoint.append("orders", "0", [{ body: "one" }]);
    const client = new EventHubConsumerClient(
      "$Default",
      withoutEmulator(endpoint, endpoint.webSocketPort),
      "orders",
      {
        ...quickRetries,
        webSocketOptions: { webSocket: WebSocket, webSocketConstructorOptions: { ca: authority } },
      },
    );
    onTestFinished(() => client.close());

    expect(await readBodies(client, "0", { offset: "-1" }, 1)).toEqual(["one"]);
  });

  it("use one path and one protocol, and end with the endpoint", async () => {
    const endpoint = await start({ webSocketPort: 0 });
    const at = `ws://localhost:${endpoint.webSocketPort}`;
    const stray = new WebSocket(`${at}/elsewhere`, "AMQPWSB10");
    const [error] = await once(stray, "error");
    expect(String(error)).toContain("404");

    const right = new WebSocket(`${at}/$servicebus/websocket/`, ["AMQPWSB10", "amqp"]);
    await once(right, "open");
    expect(right.protocol).toBe("AMQPWSB10");
    right.on("error", () => {});
    await Promise.all([endpoint.stop(), once(right, "close")]);
  });
});

describe("listeners", () => {
  it("are only the requested ones", async () => {
    expect(await start({})).toMatchObject({ tlsPort: null, webSocketPort: null });
  });

  it("are all closed again when one port is taken", async () => {
    const { port: taken } = await start({});
    const { port: free, stop } = await startLocalEventHubs({ eventHubs });
    await stop();
    const both = startLocalEventHubs({ eventHubs, port: free, webSocketPort: taken });

    await expect(both).rejects.toThrow(
      `Port ${taken} on 127.0.0.1 is in use: stop what listens there, or choose another webSocketPort`,
    );
    expect((await start({ port: free })).port).toBe(free);
  });

  it("need a certificate for a TLS port", async () => {
    await expect(startLocalEventHubs({ eventHubs, tlsPort: 0 })).rejects.toThrow("tlsPort needs tls");
  });
});
