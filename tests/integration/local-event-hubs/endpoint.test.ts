import { once } from "node:events";
import { connect } from "node:net";
import { EventHubProducerClient } from "@azure/event-hubs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import {
  attached,
  consumerFor,
  producerFor,
  readPartition,
  startEndpoint,
} from "#tests/support/local-event-hubs.ts";
import { openRawClient } from "#tests/support/proxies/raw-amqp-client.ts";

const orders = { name: "orders", partitionCount: 1 };

describe("starting", () => {
  it("takes a free port, and says where it is", async () => {
    const [one, two] = await Promise.all([startEndpoint([orders]), startEndpoint([orders])]);

    expect(one.port).not.toBe(two.port);
    expect(one.connectionString).toBe(
      `Endpoint=sb://localhost:${one.port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;`,
    );
  });

  it("says what to do when the port is in use", async () => {
    const { port } = await startEndpoint([orders]);

    await expect(startLocalEventHubs({ eventHubs: [orders], port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use`,
    );
  });

  it("lists everything that is wrong with its options", async () => {
    const start = startLocalEventHubs({
      host: "0.0.0.0",
      eventHubs: [{ name: "a b", partitionCount: 1 }, { name: "wide", partitionCount: 1025 }, orders, orders],
    });

    const error = await start.catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(RangeError);
    for (const part of ["0.0.0.0", '"a b"', "1025", '"orders" is there twice']) {
      expect((error as Error).message).toContain(part);
    }
  });
});

describe("stopping", () => {
  it("closes every connection at once, and may be asked again", async () => {
    const endpoint = await startEndpoint([orders]);
    await producerFor(endpoint, "orders").getPartitionIds();
    readPartition(consumerFor(endpoint, "orders"), "0", { offset: "-1" });
    await attached(endpoint, ["orders", "$Default", "0"], 1);
    const silent = connect(endpoint.port, "127.0.0.1");
    await once(silent, "connect");
    silent.on("error", () => {});

    const startedAt = performance.now();
    await Promise.all([endpoint.stop(), endpoint.stop(), once(silent, "close")]);

    expect(performance.now() - startedAt).toBeLessThan(500);
    const late = connect(endpoint.port, "127.0.0.1");
    await expect(once(late, "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe("the protocol", () => {
  it.each(["MSSBCBS", "ANONYMOUS", "EXTERNAL", "PLAIN"])("lets a client in by SASL %s", async (mechanism) => {
    const endpoint = await startEndpoint([orders]);
    const client = await openRawClient(endpoint.port, { mechanism });

    expect(client.connection.is_open()).toBe(true);
  });

  it("keeps a quiet connection alive", async () => {
    const endpoint = await startEndpoint([orders]);
    const client = await openRawClient(endpoint.port, { idleTimeoutMs: 60 });
    let heartbeats = 0;
    client.onData(() => heartbeats++);

    await vi.waitFor(() => expect(heartbeats).toBeGreaterThan(5), { timeout: 5000 });
    expect(client.connection.is_open()).toBe(true);
  });

  it("gives unused credit back to a reader that drains it", async () => {
    const endpoint = await startEndpoint([orders]);
    endpoint.append("orders", "0", [{ body: 1 }, { body: 2 }]);
    const client = await openRawClient(endpoint.port);
    const receiver = client.connection.open_receiver({
      source: { address: "orders/ConsumerGroups/$Default/Partitions/0" },
      credit_window: 0,
    });
    let received = 0;
    receiver.on("message", () => received++);
    receiver.add_credit(10);
    receiver.drain_credit();

    await once(receiver, "receiver_drained");
    expect(received).toBe(2);
    expect((receiver as unknown as { credit: number }).credit).toBe(0);
  });

  it("takes a single message from other client libraries, and full URLs as addresses", async () => {
    const endpoint = await startEndpoint([orders]);
    const client = await openRawClient(endpoint.port);
    const sender = client.connection.open_sender(`amqps://localhost/ORDERS/partitions/0`);
    await once(sender, "sendable");
    sender.send({ body: "one", application_properties: { n: 1 } } as never);
    await once(sender, "accepted");
    const receiver = client.connection.open_receiver(
      "amqps://localhost/orders/consumergroups/$default/partitions/0",
    );
    const [{ message }] = await once(receiver, "message");

    expect(message).toMatchObject({
      body: "one",
      application_properties: { n: 1 },
      message_annotations: { "x-opt-sequence-number": 0, "x-opt-offset": expect.any(String) },
    });
  });

  it("rejects a message that can't be read, and goes on", async () => {
    const endpoint = await startEndpoint([orders]);
    const client = await openRawClient(endpoint.port);
    const sender = client.connection.open_sender("orders");
    await once(sender, "sendable");
    sender.send(Buffer.from("no AMQP at all"), undefined, 0x80013700);
    const [{ delivery }] = await once(sender, "rejected");

    expect(delivery.remote_state.error).toMatchObject({ condition: "amqp:decode-error" });
    sender.send({ body: 1 } as never);
    await once(sender, "accepted");
    expect(endpoint.partition("orders", "0").lastEnqueuedSequenceNumber).toBe(0);
  });

  it("reports a client that speaks another protocol, and serves the others", async () => {
    const faults: unknown[] = [];
    const endpoint = await startLocalEventHubs({
      eventHubs: [orders],
      onFault: (error) => faults.push(error),
    });
    onTestFinished(() => endpoint.stop());
    const stranger = connect(endpoint.port, "127.0.0.1");
    stranger.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(stranger.resume(), "close");

    expect(String(faults[0])).toContain("Invalid protocol");
    const producer = new EventHubProducerClient(endpoint.connectionString, "orders");
    expect(await producer.getPartitionIds()).toEqual(["0"]);
    await producer.close();
  });
});
