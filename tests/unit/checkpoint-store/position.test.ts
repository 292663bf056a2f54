import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOffset, parseSequenceNumber, positionFault } from "#lib/checkpoint-store/position.ts";

describe("parseSequenceNumber", () => {
  it("returns every position that a store can have written", () => {
    const position = fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(fc.property(position, (value) => parseSequenceNumber(String(value)) === value));
  });

  it("returns a safe integer of -1 or more, or says what is wrong, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 2_000 }), (text) => {
        const parsed = parseSequenceNumber(text);
        if (typeof parsed === "number") return Number.isSafeInteger(parsed) && parsed >= -1;
        return parsed.fault.length < 400 && !/[\n\r\t\v\f\0]/.test(parsed.fault);
      }),
    );
  });

  it.each([
    [undefined, "has no sequence number"],
    ["", "has no sequence number"],
    ["  ", "has no sequence number"],
    ["12abc", "not an integer"],
    ["1.0", "not an integer"],
    ["1e3", "not an integer"],
    ["٣", "not an integer"],
    ["9007199254740992", "out of range"],
    ["-2", "negative"],
  ])("refuses %j: it %s", (text, why) => {
    expect(parseSequenceNumber(text)).toEqual({ fault: expect.stringContaining(why) });
  });

  it("reads -1, and a number between blanks", () => {
    expect(parseSequenceNumber("-1")).toBe(-1);
    expect(parseSequenceNumber(" 7 ")).toBe(7);
  });
});

describe("parseOffset", () => {
  it.each([undefined, "", " ", "no offset", "No Offset", "9".repeat(2_000)])(
    "takes %j for no position",
    (text) => {
      expect(parseOffset(text)).toBeNull();
    },
  );

  it.each(["-1", "0", "4711", "2:1:998", "@latest"])(
    "keeps %j as it is, since offsets are opaque",
    (text) => {
      expect(parseOffset(text)).toBe(text);
    },
  );
});

describe("positionFault", () => {
  it("accepts only what can be read back unchanged", () => {
    const anything = fc.record({
      sequenceNumber: fc.oneof(fc.maxSafeInteger(), fc.double(), fc.constant(undefined), fc.string()),
      offset: fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("-1", "@latest", "12"),
        fc.constant(null),
        fc.nat(),
      ),
    });
    fc.assert(
      fc.property(anything, (position) => {
        if (positionFault(position) !== null) return true;
        const stored = parseSequenceNumber(String(position.sequenceNumber));
        return stored === position.sequenceNumber && parseOffset(String(position.offset)) !== null;
      }),
    );
  });

  it("accepts the start of the stream and a usual pair, and refuses the end", () => {
    expect(positionFault({ sequenceNumber: -1, offset: "-1" })).toBeNull();
    expect(positionFault({ sequenceNumber: 42, offset: "4711" })).toBeNull();
    expect(positionFault({ sequenceNumber: 42, offset: "@LATEST" })).toContain("@latest");
  });
});
