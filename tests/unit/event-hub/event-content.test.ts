import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toEventContent, toWholeContent } from "#lib/event-hub/event-content.ts";

const contentOf = (more: object) => toEventContent({ body: null, partitionKey: null, ...more });
const bodyOf = (body: unknown) => contentOf({ body }).body;

describe("the beginning of a body", () => {
  it("is text when it reads as text", () => {
    const text = '{"id":"é","html":"<b>"}\r\n\t';
    const bytes = Buffer.from(text);
    expect(bodyOf(bytes)).toEqual({ kind: "text", preview: text, bytes: bytes.length, isCut: false });
  });

  it("is cut after 4,096 bytes, never within a character", () => {
    expect(bodyOf(Buffer.from("a".repeat(4_096)))).toMatchObject({ bytes: 4_096, isCut: false });
    expect(bodyOf(Buffer.from("a".repeat(4_097)))).toMatchObject({ preview: "a".repeat(4_096), isCut: true });
    expect(bodyOf(Buffer.from(`${"a".repeat(4_095)}é!`))).toEqual({
      kind: "text",
      preview: "a".repeat(4_095),
      bytes: 4_098,
      isCut: true,
    });
  });

  it.each([
    ["no UTF-8", [0xff, 0xfe, 0x41], "fffe41"],
    ["a character that is cut off at its very end", [0x41, 0xc3], "41c3"],
    ["a zero byte", [0x41, 0x00], "4100"],
    ["an escape, which terminals obey", [0x1b, 0x5b, 0x41], "1b5b41"],
  ])("is hexadecimal when there is %s", (_, bytes, preview) => {
    expect(bodyOf(Uint8Array.from(bytes))).toEqual({
      kind: "hex",
      preview,
      bytes: bytes.length,
      isCut: false,
    });
  });

  it("shows 512 of other bytes", () => {
    const { preview, bytes, isCut } = bodyOf(new Uint8Array(600).fill(7));
    expect([preview, bytes, isCut]).toEqual(["07".repeat(512), 600, true]);
  });

  it("joins all sections, and shows values as JSON", () => {
    expect(bodyOf([Buffer.from("ab"), Buffer.from("c")])).toMatchObject({ kind: "text", preview: "abc" });
    expect(bodyOf({ a: [1, null] })).toEqual({
      kind: "text",
      preview: '{"a":[1,null]}',
      bytes: null,
      isCut: false,
    });
    expect(bodyOf("text")).toMatchObject({ kind: "text", preview: "text", bytes: 4 });
    expect(bodyOf(12n)).toMatchObject({ preview: "12" });
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(bodyOf(circle)).toMatchObject({ kind: "text", preview: "a value that can't be shown" });
  });

  it("is empty without a body", () => {
    const empty = { kind: "empty", preview: "", bytes: 0, isCut: false };
    expect([null, undefined, new Uint8Array()].map(bodyOf)).toEqual([empty, empty, empty]);
  });

  it("is small for any event", () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 9_000 }), fc.anything()), (body) => {
        expect(bodyOf(body).preview.length).toBeLessThanOrEqual(4_096);
      }),
    );
  });
});

describe("an event's properties", () => {
  it("are text, with bytes in hexadecimal and times in UTC", () => {
    const { properties, messageId, correlationId, contentType } = contentOf({
      properties: { name: "x", count: 3, at: new Date(0), raw: Buffer.from([1, 255]), none: null },
      messageId: Buffer.from([10]),
      correlationId: 7,
    });
    expect(Object.fromEntries(properties.map(({ name, value }) => [name, value]))).toEqual({
      name: "x",
      count: "3",
      at: "1970-01-01T00:00:00.000Z",
      raw: "01ff",
      none: "null",
    });
    expect([messageId, correlationId, contentType]).toEqual(["0a", "7", null]);
  });

  it("are limited in number and length", () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`p${index}`, "x".repeat(900)]));
    const { properties } = contentOf({ properties: many, systemProperties: many });
    expect(properties).toHaveLength(50);
    expect(properties[0]).toEqual({ name: "p0", value: "x".repeat(512), isCut: true });
    expect(contentOf({ properties: { p: "x".repeat(512) } }).properties[0]?.isCut).toBe(false);
  });
});

describe("an event for a file", () => {
  const wholeOf = (more: object) => toWholeContent({ body: null, partitionKey: null, ...more });

  it("is whole, however long", () => {
    const body = Buffer.from("x".repeat(10_000));
    const properties = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`p${i}`, "y".repeat(900)]));
    const whole = wholeOf({ body, properties });
    expect(whole.body).toEqual({ encoding: "text", content: "x".repeat(10_000) });
    expect(whole.properties).toHaveLength(80);
    expect(whole.properties[79]).toEqual({ name: "p79", value: "y".repeat(900) });
  });

  it("keeps what JSON can hold as it is, and the rest as text", () => {
    const properties = {
      n: 3,
      b: true,
      none: null,
      nan: Number.NaN,
      at: new Date(0),
      raw: Buffer.from([255]),
    };
    expect(wholeOf({ properties }).properties.map(({ value }) => value)).toEqual([
      3,
      true,
      null,
      "NaN",
      "1970-01-01T00:00:00.000Z",
      "ff",
    ]);
  });

  it.each([
    [Buffer.from([0, 254]), { encoding: "base64", content: "AP4=" }],
    [Buffer.from([0xc3]), { encoding: "base64", content: "ww==" }],
    [[Buffer.from("a"), Buffer.from("b")], { encoding: "text", content: "ab" }],
    [{ a: 1 }, { encoding: "value", content: '{"a":1}' }],
    [null, { encoding: "text", content: "" }],
  ])("has the body %j as %j", (body, told) => expect(wholeOf({ body }).body).toEqual(told));
});
