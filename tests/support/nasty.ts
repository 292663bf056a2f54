import fc from "fast-check";

/** What parsers, file systems, databases and templates have stumbled over before. */
const nastyTexts = [
  "",
  " ",
  ".",
  "..",
  "../../etc/passwd",
  "%",
  "%2F",
  "a/b",
  "a\\b",
  "\0",
  "a\0b",
  "\ud800",
  "\r\nx: y",
  "\u202e",
  "é",
  "e\u0301",
  "😀",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "null",
  "undefined",
  "NaN",
  "Infinity",
  "-1",
  "0x10",
  "1e400",
  "9007199254740993",
  "99999999999999999999999999",
  "1".repeat(400),
  "x".repeat(3_000),
  "'; drop table samples; --",
  "$".concat("{EVENTHUB_CONNECTION_STRING}"),
  "<script>alert(1)</script>",
  "2026-13-45T99:99:99Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999999Z",
  "2026-01-01T00:00:00+23:59",
  "all",
  "$Default",
];

/** @param known what is there: a hub, a group, a partition, an id of another kind */
export function nastyText(known: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...known),
    fc.constantFrom(...nastyTexts),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
}

/** Numbers at the edges of what is one, as an address has them. */
export const nastyNumber = fc.oneof(
  fc.maxSafeInteger().map(String),
  fc.double().map(String),
  fc.constantFrom("0", "1", "-0", "+1", " 1", "1e3", "9007199254740991", "9007199254740992", "1".repeat(400)),
);

const nastyValue = (known: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    nastyText(known),
    fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 53, -(2 ** 53), 1e308, [], {}, [[]], [null], { kind: {} }),
    fc.jsonValue({ maxDepth: 3 }),
  );

const kinds = [
  "earliest",
  "latest",
  "sequenceNumber",
  "time",
  "ago",
  "shift",
  "group",
  "positions",
  "times",
  "undo",
];

/** Nearly a target: a known kind, with fields of any kind of value, or the right ones with odd values. */
function nastyTarget(known: readonly string[]): fc.Arbitrary<unknown> {
  const number = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, 2 ** 53 - 1, 0.5));
  const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const partition = fc.constantFrom("0", "1", "99", "__proto__", "constructor");
  return fc.oneof(
    nastyValue(known),
    fc.record({ kind: fc.constant("sequenceNumber"), value: number }),
    fc.record({ kind: fc.constant("shift"), by: number }),
    fc.record({ kind: fc.constant("ago"), seconds: fc.oneof(number, fc.double()) }),
    fc.record({ kind: fc.constant("time"), value: time }),
    fc.record({ kind: fc.constant("group"), name: nastyText(known), store: nastyText(known) }),
    fc.record({ kind: fc.constant("positions"), values: fc.dictionary(partition, number) }),
    fc.record({ kind: fc.constant("times"), values: fc.dictionary(partition, time) }),
    fc.record(
      { kind: fc.constantFrom(...kinds), value: nastyValue(known), values: nastyValue(known) },
      { requiredKeys: ["kind"] },
    ),
  );
}

/** A body as it goes out, in bytes: JSON that is nearly right, JSON that is not, and what is none. */
export function nastyBody(known: readonly string[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const mostly = <T>(right: T, value = nastyValue(known)) =>
    fc.oneof({ weight: 9, arbitrary: fc.constant<unknown>(right) }, { weight: 1, arbitrary: value });
  const preview = fc.record(
    {
      partitions: mostly("all"),
      target: nastyTarget(known),
      mode: fc.oneof(mostly("offline"), mostly("live")),
      handlerSeconds: mostly(5),
      __proto__: nastyValue(known),
    },
    { requiredKeys: ["partitions", "target"] },
  );
  const apply = fc.record({ planId: nastyValue(known), confirm: nastyValue(known) });
  const json = fc
    .oneof({ weight: 4, arbitrary: preview }, apply, nastyValue(known))
    .map((value) => JSON.stringify(value) ?? "");
  const raw = fc.constantFrom(
    "{",
    "nul",
    "\ufeff{}",
    '{"__proto__":{"planId":"x"},"planId":"x","planId":"y"}',
    '{"planId":1e999}',
    "[".repeat(5_000) + "]".repeat(5_000),
    `{"planId":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`,
    `"${"x".repeat(600 * 1024)}"`,
  );
  const bytes = fc.oneof({ weight: 6, arbitrary: json }, { weight: 1, arbitrary: raw }).map(encode);
  return fc.oneof(
    { weight: 9, arbitrary: bytes },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((part) => new Uint8Array(part)) },
  );
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Odd, and all of them allowed to be sent. */
export const nastyHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { "x-request-id": "mine" },
      { "x-forwarded-for": "not an address, , ::::" },
      { "x-forwarded-host": "evil.example", "x-forwarded-proto": "javascript" },
      { cookie: "tidemark-session=%%%; =; ;;; theme=__proto__" },
      { rsc: "1" },
      { "next-action": "0".repeat(40) },
      { "next-router-state-tree": "%5B%22" },
      { "x-middleware-subrequest": "middleware" },
      { "if-none-match": "*", range: "bytes=5-2" },
      { accept: "text/html;q=NaN", "accept-language": "x".repeat(2_000) },
      { "content-type": "application/json; charset=utf-16" },
      { "content-type": "multipart/form-data; boundary=x" },
      { origin: "null" },
    ),
  },
);
