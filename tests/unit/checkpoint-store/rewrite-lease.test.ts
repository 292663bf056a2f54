import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGoLease, parseHostLease } from "#lib/checkpoint-store/formats/lease-body.ts";
import { rewriteLease } from "#lib/checkpoint-store/leases/rewrite-lease.ts";

const to = { sequenceNumber: 41, offset: "4100" };

describe("rewriting a lease's body", () => {
  it.each([
    [
      ".NET",
      "functions",
      '{"Offset":"8591964920","SequenceNumber":960180,"PartitionId":"0","Owner":"h1","Token":"t","Epoch":386}',
      '{"Offset":"4100","SequenceNumber":41,"PartitionId":"0","Owner":"h1","Token":"t","Epoch":386}',
    ],
    [
      "Java",
      "eph",
      '{ "offset": "1", "sequenceNumber": 12,\n "epoch":3, "partitionId":"0"}',
      '{ "offset": "4100", "sequenceNumber": 41,\n "epoch":3, "partitionId":"0"}',
    ],
    [
      "Python, whose number is a text",
      "eph",
      '{"partition_id":"0","sequence_number":"20","epoch":4,"offset":"1234"}',
      '{"partition_id":"0","sequence_number":"41","epoch":4,"offset":"4100"}',
    ],
    [
      "Go, in its inner object",
      "go3",
      '{"partitionID":"0","epoch":3,"checkpoint":{"offset":"1","sequenceNumber":45,"enqueueTime":"x"},"state":"leased"}',
      '{"partitionID":"0","epoch":3,"checkpoint":{"offset":"4100","sequenceNumber":41,"enqueueTime":"x"},"state":"leased"}',
    ],
    [
      "Go, before anything was read",
      "dapr",
      '{"partitionID":"0","epoch":3}',
      '{"checkpoint":{"offset":"4100","sequenceNumber":41},"partitionID":"0","epoch":3}',
    ],
    [
      "Go, with a null in its place",
      "go3",
      '{"checkpoint": null,"epoch":3}',
      '{"checkpoint": {"offset":"4100","sequenceNumber":41},"epoch":3}',
    ],
    [
      "a fresh one of Functions",
      "functions",
      '{"Offset":null,"SequenceNumber":0,"PartitionId":"0"}',
      '{"Offset":"4100","SequenceNumber":41,"PartitionId":"0"}',
    ],
    [
      "a fresh one of Java, which has no offset",
      "eph",
      '{"sequenceNumber":0,"partitionId":"0"}',
      '{"offset":"4100","sequenceNumber":41,"partitionId":"0"}',
    ],
    [
      "a fresh one of Python",
      "eph",
      '{"partition_id":"0","sequence_number":null,"offset":null}',
      '{"partition_id":"0","sequence_number":"41","offset":"4100"}',
    ],
    [
      "unknown fields, numbers beyond 2^53, doubled names and escapes",
      "eph",
      '{"big":12345678901234567890.50,"offset":"1","Offset":"2","a\\"b{":[{"offset":"no"}],"sequenceNumber":1e2,"x":{"sequenceNumber":7}}',
      '{"big":12345678901234567890.50,"offset":"4100","Offset":"4100","a\\"b{":[{"offset":"no"}],"sequenceNumber":41,"x":{"sequenceNumber":7}}',
    ],
    [
      "a byte-order mark",
      "eph",
      '\uFEFF{"offset":"1","sequenceNumber":1}',
      '\uFEFF{"offset":"4100","sequenceNumber":41}',
    ],
    ["nothing at all", "eph", "{}", '{"offset":"4100","sequenceNumber":41}'],
  ] as const)("changes nothing but the position of %s", (_what, format, before, after) => {
    expect(rewriteLease(before, format, to)).toBe(after);
  });

  it.each(["", "[]", "null", '"x"', "{", "offset"])("refuses %j", (text) => {
    expect(rewriteLease(text, "eph", to)).toEqual({ fault: "its content is not a JSON object" });
  });

  it("refuses a position that must never be stored", () => {
    expect(rewriteLease("{}", "eph", { ...to, offset: "@latest" })).toHaveProperty("fault");
    expect(rewriteLease("{}", "eph", { ...to, sequenceNumber: 1.5 })).toHaveProperty("fault");
  });

  it("keeps every other field of any body, and reads back as written", () => {
    const positionNames = ["offset", "Offset", "sequenceNumber", "SequenceNumber", "sequence_number"];
    const isPosition = (key: string) =>
      ["offset", "sequencenumber"].includes(key.toLowerCase().replaceAll("_", ""));
    const body = fc.dictionary(
      fc.oneof(fc.constantFrom(...positionNames, "epoch", "checkpoint"), fc.string()),
      fc.oneof(fc.jsonValue(), fc.string(), fc.integer()),
    );
    fc.assert(
      fc.property(
        body,
        fc.integer({ min: -1 }),
        fc.constantFrom(undefined, 2),
        fc.constantFrom("eph" as const, "go3" as const),
        (value, sequenceNumber, indent, format) => {
          const rewritten = rewriteLease(JSON.stringify(value, null, indent), format, {
            sequenceNumber,
            offset: "77",
          });
          if (typeof rewritten !== "string") throw new Error(rewritten.fault);
          const read = format === "eph" ? parseHostLease(rewritten) : parseGoLease(rewritten);
          expect(read).toMatchObject({ sequenceNumber, offset: "77", fault: null });
          const isChanged = (key: string) =>
            format === "eph" ? isPosition(key) : key.toLowerCase().replaceAll("_", "") === "checkpoint";
          const others = (all: object) => Object.entries(all).filter(([key]) => !isChanged(key));
          expect(others(JSON.parse(rewritten) as object)).toEqual(
            others(JSON.parse(JSON.stringify(value)) as object),
          );
        },
      ),
    );
  });
});
