import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { encodeLocal } from "#lib/sandbox/local-event-hubs/append.ts";
import {
  batchFormat,
  decodeEvent,
  decodeSent,
  encodeRuntimeInfo,
  encodeStored,
} from "#lib/sandbox/local-event-hubs/event-encoding.ts";
import { type Message, message, types } from "#lib/sandbox/local-event-hubs/rhea.ts";

const at = { sequenceNumber: 7_000_000_000, offset: "8589934592", enqueuedAt: 1_700_000_000_123 };
const encode = (fields: object): Buffer => message.encode(fields as unknown as Message);

describe("an event's way through", () => {
  it("gains the service's annotations and keeps every other section byte for byte", () => {
    const sent = encode({
      durable: true,
      message_annotations: { "x-own": types.wrap_uuid(Buffer.alloc(16, 1)), "x-opt-offset": "mine" },
      message_id: "m",
      application_properties: {
        int: types.wrap_int(5),
        long: types.wrap_long(2 ** 40),
        list: types.wrap_list([1, "two", null, true]),
        float: types.wrap_float(0.5),
        text: "x".repeat(300),
      },
      body: message.data_section(randomBytes(400)),
    });
    const event = decodeEvent(sent);
    const { encoded, headerLength } = encodeStored(event, at);
    const decoded = message.decode(encoded);

    expect(event.rest.length).toBeGreaterThan(700);
    expect(encoded.subarray(-event.rest.length)).toEqual(sent.subarray(-event.rest.length));
    expect(encoded.subarray(0, headerLength)).toEqual(event.header);
    expect(decoded.durable).toBe(true);
    expect(decoded.message_annotations).toEqual({
      "x-opt-sequence-number": at.sequenceNumber,
      "x-opt-offset": at.offset,
      "x-opt-enqueued-time": new Date(at.enqueuedAt),
      "x-own": Buffer.alloc(16, 1),
    });
  });

  it("takes a batch apart, with the envelope's key for all of it", () => {
    const events = ["a", "b"].map((body) => encode({ body }));
    const envelope = encode({
      message_annotations: { "x-opt-partition-key": "customer" },
      body: message.data_sections(events),
    });
    const batch = decodeSent(envelope, batchFormat);

    expect(batch.partitionKey).toBe("customer");
    const stored = batch.events.map((event) => message.decode(encodeStored(event, at).encoded));
    expect(stored.map(({ body }) => body)).toEqual(["a", "b"]);
    for (const { message_annotations } of stored) {
      expect(message_annotations["x-opt-partition-key"]).toBe("customer");
    }
  });

  it("carries a partition key of any length", () => {
    const partitionKey = "ü".repeat(300);
    const { encoded } = encodeStored(encodeLocal({ body: 1, partitionKey }), at);

    expect(decodeEvent(encoded).partitionKey).toBe(partitionKey);
  });

  it("puts the partition's state into delivery annotations", () => {
    const { encoded } = encodeStored(encodeLocal({ body: 1 }), at);
    const decoded = message.decode(Buffer.concat([encodeRuntimeInfo(at, 42), encoded]));

    expect(decoded.delivery_annotations).toEqual({
      last_enqueued_sequence_number: at.sequenceNumber,
      last_enqueued_offset: at.offset,
      last_enqueued_time_utc: new Date(at.enqueuedAt),
      runtime_info_retrieval_time_utc: new Date(42),
    });
  });

  it("tells a broken message from a whole one, wherever it is cut", () => {
    const whole = encode({ message_annotations: { a: 1 }, body: message.data_section(Buffer.alloc(20)) });
    expect(decodeEvent(whole).rest.length).toBeGreaterThan(20);

    for (let length = 1; length < whole.length; length++) {
      if (endsWithSection(whole, length)) continue;
      expect(() => decodeEvent(whole.subarray(0, length)), `cut at ${length}`).toThrow(RangeError);
    }
    expect(() => decodeSent(Buffer.from("no AMQP"), batchFormat)).toThrow(RangeError);
  });
});

function endsWithSection(whole: Buffer, length: number): boolean {
  const rest = whole.subarray(length);
  return rest[0] === 0x00 && rest[1] === 0x53 && (rest[2] ?? 0) >= 0x70 && (rest[2] ?? 0) <= 0x78;
}
