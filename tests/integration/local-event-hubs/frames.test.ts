import { once } from "node:events";
import type { Connection, EventContext, Receiver, Sender } from "rhea";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startLocalEventHubs } from "#lib/sandbox/local-event-hubs.ts";
import { readFrames } from "#tests/support/amqp-frames.ts";
import { startEndpoint } from "#tests/support/local-event-hubs.ts";
import { openRawClient } from "#tests/support/proxies/raw-amqp-client.ts";

// Client libraries other than JavaScript's need these things, seen in the endpoint's frames.

const orders = { name: "orders", partitionCount: 1 };
const partition = "orders/ConsumerGroups/$Default/Partitions/0";
const readHub = { operation: "READ", name: "orders", type: "com.microsoft:eventhub" };

async function openLinks(connection: Connection, address: string): Promise<[Sender, Receiver]> {
  const session = connection.create_session();
  session.begin();
  const sender = session.open_sender({ target: { address } });
  const receiver = session.open_receiver({ source: { address }, target: { address: "answers" } });
  await Promise.all([once(sender, "sendable"), once(receiver, "receiver_open")]);
  return [sender, receiver];
}

describe("performatives", () => {
  it("are sent with all of their fields, including trailing nulls", async () => {
    const endpoint = await startEndpoint([orders]);
    endpoint.append("orders", "0", [{ body: 1 }]);
    const { connection, received } = await openRawClient(endpoint.port);
    const sender = connection.open_sender("orders");
    await once(sender, "sendable");
    sender.send({ body: 1 } as never);
    await once(connection.open_receiver(partition), "message");
    const refused = connection.open_receiver("no-such-hub/ConsumerGroups/$Default/Partitions/0");
    await once(refused, "receiver_error");
    sender.session.close();
    await once(sender.session, "session_close");
    connection.close();
    await once(connection, "connection_close");

    const counts = new Map(readFrames(received()).map(({ code, fields }) => [code, fields]));
    expect(counts).toEqual(
      new Map([
        [0x10, 10],
        [0x11, 8],
        [0x12, 14],
        [0x13, 11],
        [0x14, 11],
        [0x15, 6],
        [0x16, 3],
        [0x17, 1],
        [0x18, 1],
      ]),
    );
  });

  it("name the highest handle in begin", async () => {
    const endpoint = await startEndpoint([orders]);
    const { connection } = await openRawClient(endpoint.port);
    const { session } = connection.open_sender("orders");
    await once(session, "session_open");

    const { remote } = session as unknown as { remote: { begin: { handle_max: number } } };
    expect(remote.begin.handle_max).toBe(255);
  });

  it("carry a map of properties in attach", async () => {
    const endpoint = await startEndpoint([orders]);
    const { connection } = await openRawClient(endpoint.port);
    const receiver = connection.open_receiver(partition);
    await once(receiver, "receiver_open");

    expect(receiver.properties).toEqual({});
  });

  it("give errors with all of their fields", async () => {
    const endpoint = await startEndpoint([orders]);
    const { connection, received } = await openRawClient(endpoint.port);
    await once(connection.open_receiver("nowhere/ConsumerGroups/$Default/Partitions/0"), "receiver_error");

    const detach = readFrames(received()).find(({ code }) => code === 0x16);
    const error = detach?.content.indexOf(Buffer.from([0x00, 0x53, 0x1d])) ?? -1;
    expect(detach?.content.readUInt8(error + 3)).toBe(0xd0);
    expect(detach?.content.readUInt32BE(error + 8)).toBe(3);
  });
});

describe("answers", () => {
  it.each([
    ["$management", readHub, 200],
    ["$cbs", { operation: "put-token", type: "jwt", name: "sb://localhost/orders" }, 401],
  ])(
    "go to the link of the same session when a request to %s names none",
    async (address, request, status) => {
      const endpoint = await startEndpoint([orders]);
      const { connection } = await openRawClient(endpoint.port);
      const [[asking, answers], [, others]] = [
        await openLinks(connection, address),
        await openLinks(connection, address),
      ];
      const strays: unknown[] = [];
      others.on("message", (context: EventContext) => strays.push(context));
      asking.send({ message_id: "1", application_properties: request, body: "" } as never);
      const [{ message }] = await once(answers, "message");

      expect(message).toMatchObject({
        correlation_id: "1",
        application_properties: { "status-code": status },
      });
      expect(strays).toEqual([]);
    },
  );

  it("go to the link that a request names", async () => {
    const endpoint = await startEndpoint([orders]);
    const { connection } = await openRawClient(endpoint.port);
    const [asking] = await openLinks(connection, "$management");
    const other = connection.open_receiver({ source: "$management", target: { address: "elsewhere" } });
    await once(other, "receiver_open");
    asking.send({ reply_to: "elsewhere", application_properties: readHub } as never);
    const [{ message }] = await once(other, "message");

    expect(message.body).toMatchObject({ name: "orders", partition_count: 1 });
  });
});

describe("deliveries", () => {
  it("come settled, whatever the client asks for, and go on without an answer", async () => {
    const endpoint = await startEndpoint([orders]);
    // This is more than the 2,048 that may wait to be settled.
    const count = 2_500;
    endpoint.append(
      "orders",
      "0",
      Array.from({ length: count }, (_, body) => ({ body })),
    );
    const { connection } = await openRawClient(endpoint.port, { sessionBufferSize: count });
    const receiver = connection.open_receiver({
      source: partition,
      snd_settle_mode: 0,
      autoaccept: false,
      credit_window: 1000,
    });
    const deliveries: EventContext["delivery"][] = [];
    receiver.on("message", ({ delivery }: EventContext) => deliveries.push(delivery));

    await vi.waitFor(() => expect(deliveries).toHaveLength(count), { timeout: 10_000 });
    expect(deliveries.every((delivery) => delivery?.remote_settled)).toBe(true);
    expect(receiver.snd_settle_mode).toBe(1);
  });

  it("come settled as answers, too", async () => {
    const endpoint = await startEndpoint([orders]);
    const { connection } = await openRawClient(endpoint.port);
    const [asking, answers] = await openLinks(connection, "$management");
    asking.send({ application_properties: readHub } as never);
    const [{ delivery }] = await once(answers, "message");

    expect(delivery.remote_settled).toBe(true);
  });
});

describe("frames of a session that has ended", () => {
  it("are ignored, and the connection goes on", async () => {
    const faults: unknown[] = [];
    const endpoint = await startLocalEventHubs({
      eventHubs: [orders],
      onFault: (fault) => faults.push(fault),
    });
    onTestFinished(() => endpoint.stop());
    const { connection } = await openRawClient(endpoint.port);
    const first = connection.open_sender("orders");
    await once(first, "sendable");
    const { session } = first;
    const writer = session as unknown as { output(frame: unknown): void; local: { end: unknown } };
    const link = first as unknown as { local: { detach: unknown } };
    writer.output(writer.local.end);
    writer.output(link.local.detach);
    const other = connection.create_session();
    other.begin();
    await once(other.open_sender({ target: { address: "orders" } }), "sendable");

    expect(faults).toEqual([]);
    expect(connection.is_open()).toBe(true);
  });
});

describe("a target", () => {
  it("has its own seven fields, also beside a source of eleven when the client names neither", async () => {
    const endpoint = await startEndpoint([orders]);
    const { connection, received } = await openRawClient(endpoint.port);
    await once(connection.open_receiver({ source: { address: partition } }), "receiver_open");
    await once(connection.open_receiver({ source: { address: "$cbs" } }), "receiver_open");

    const targets = readFrames(received()).flatMap(({ code, content }) =>
      code === 0x12 ? [content.subarray(content.indexOf(Buffer.from([0x00, 0x53, 0x29])))] : [],
    );
    expect(targets.map((target) => [target.readUInt8(3), target.readUInt32BE(8)])).toEqual([
      [0xd0, 7],
      [0xd0, 7],
    ]);
  });
});
