import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { encodingFor } from "#lib/server/http/encoding.ts";
import { WireCache } from "#lib/server/http/wire.ts";

const large = { text: "lag ".repeat(1_000) };

function asked(accept: string, etag?: string) {
  return { "accept-encoding": accept, ...(etag !== undefined && { "if-none-match": etag }) };
}

it("makes the bytes of a version once for each key, and tells who has them already", async () => {
  const cache = new WireCache();
  let made = 0;
  const answer = (wanted: ReturnType<typeof asked>, key: string, version: string) =>
    cache.answer(wanted, { key, version, make: () => ({ ...large, made: ++made }) });
  const first = await answer(asked(""), "a viewer", "1");
  expect(JSON.parse(String(Buffer.from(first.body ?? [])))).toMatchObject({ made: 1 });
  expect(first.headers).toMatchObject({
    "cache-control": "private, no-cache",
    vary: "Cookie, Authorization, Accept-Encoding",
  });
  const etag = String(first.headers.etag);
  const again = await answer(asked("", `"another", W/${etag}`), "a viewer", "1");
  expect([again.status, again.body, again.headers.etag]).toEqual([304, null, etag]);
  expect((await answer(asked("", etag), "another viewer", "1")).status).toBe(200);
  expect((await answer(asked("", etag), "a viewer", "2")).status).toBe(200);
  expect(made).toBe(3);
});

it("has an ETag for each encoding, and says the same in all of them", async () => {
  const cache = new WireCache();
  const of = { key: "k", version: "1", make: () => large };
  const [br, gzip, plain] = await Promise.all(
    ["gzip, br", "gzip", "deflate"].map((accept) => cache.answer(asked(accept), of)),
  );
  const answers = [br, gzip, plain].map((one) => ({ headers: {}, body: null, ...one }));
  expect(answers.map(({ headers }) => headers["content-encoding"])).toEqual(["br", "gzip", undefined]);
  const [ofBr, ofGzip] = answers.map(({ headers }) => String(headers.etag));
  expect(new Set([ofBr, ofGzip, answers[2]?.headers.etag]).size).toBe(3);
  const texts = [brotliDecompressSync, gunzipSync, Buffer.from].map((read, index) => {
    const body = Buffer.from(answers[index]?.body ?? []);
    expect(body.byteLength).toBe(answers[index]?.headers["content-length"]);
    return String(read(body));
  });
  for (const text of texts) expect(JSON.parse(text)).toEqual(large);
  // What is held in another encoding is not what was asked for.
  expect((await cache.answer(asked("br", ofGzip), of)).status).toBe(200);
  expect((await cache.answer(asked("br", ofBr), of)).status).toBe(304);
  expect((await cache.answer(asked("br"), of)).body).toBe(br?.body);
});

it("leaves an answer that fits into a packet as it is", async () => {
  const { headers, body } = await new WireCache().answer(asked("br"), {
    key: "k",
    version: "1",
    make: () => [],
  });
  expect([headers["content-encoding"], String(Buffer.from(body ?? []))]).toEqual([undefined, "[]"]);
});

it("keeps the ETag when another version says the same", async () => {
  const cache = new WireCache();
  const answer = (version: string, etag?: string) =>
    cache.answer(asked("br", etag), { key: "k", version, make: () => large });
  const etag = String((await answer("1")).headers.etag);
  expect((await answer("2", etag)).status).toBe(304);
});

it("keeps no more than so many bytes", async () => {
  const cache = new WireCache();
  const made: string[] = [];
  const answer = (key: string) =>
    cache.answer(asked(""), {
      key,
      version: "1",
      make: () => {
        made.push(key);
        return "x".repeat(6 * 1024 * 1024);
      },
    });
  for (const key of ["a", "b", "c", "a", "d", "a", "b"]) await answer(key);
  // "b" was asked for longest ago when "d" came.
  expect(made).toEqual(["a", "b", "c", "d", "b"]);
});

it.each([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["br;q=0.1, gzip;q=0.5", "gzip"],
  ["*", "br"],
  ["gzip;q=0", "identity"],
  ["deflate", "identity"],
  ["identity, zstd", "identity"],
])("answers an Accept-Encoding of %j with %s", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});
