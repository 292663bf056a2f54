import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { compress } from "#lib/server/http/compress.ts";
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

it("compares an If-None-Match weakly, with each tag that it lists, and with nothing else", async () => {
  const cache = new WireCache();
  const of = { key: "k", version: "1", make: () => large };
  const tagOf = async (accept: string) => String((await cache.answer(asked(accept), of)).headers.etag);
  const [br, gzip, plain] = await Promise.all(["br", "gzip", ""].map(tagOf));
  const rows: [string, 200 | 304][] = [
    [`${br}`, 304],
    [`W/${br}`, 304],
    [` "other" ,W/"another",  ${br} `, 304],
    ["*", 304],
    ['"x"', 200],
    ['W/"x"', 200],
    ["", 200],
    [`${br}`.replaceAll('"', ""), 200],
    [`w/${br}`, 200],
    // The same content, but other bytes: RFC 9110 compares with what would be sent.
    [`${gzip}`, 200],
    [`${plain}`, 200],
  ];
  for (const [etag, status] of rows)
    expect([etag, (await cache.answer(asked("br", etag), of)).status]).toEqual([etag, status]);
});

it("compresses again what could not be compressed", async () => {
  let tries = 0;
  const cache = new WireCache(async (...given) => {
    tries += 1;
    if (tries === 1) throw new Error("no memory");
    return compress(...given);
  });
  const of = { key: "k", version: "1", make: () => large };
  await expect(cache.answer(asked("br"), of)).rejects.toThrow("no memory");
  const { body, headers } = await cache.answer(asked("br"), of);
  expect([
    headers["content-encoding"],
    JSON.parse(String(brotliDecompressSync(body ?? Buffer.of()))),
  ]).toEqual(["br", large]);
  await cache.answer(asked("br"), of);
  expect(tries).toBe(2);
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

it("makes what has no version for each request, and keeps its bytes while it says the same", async () => {
  let compressions = 0;
  const cache = new WireCache((...given) => {
    compressions += 1;
    return compress(...given);
  });
  const answer = async (says: object, etag?: string) => {
    const given = { key: "k", version: null, make: () => says };
    const { status, headers } = await cache.answer(asked("br", etag), given);
    return { status, etag: String(headers.etag) };
  };
  const first = await answer(large);
  expect(await answer({ ...large })).toEqual(first);
  expect((await answer({ ...large }, first.etag)).status).toBe(304);
  const other = await answer({ ...large, more: 1 }, first.etag);
  expect([other.status, compressions]).toEqual([200, 2]);
  expect((await answer(large, other.etag)).etag).toBe(first.etag);
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
  ["identity;q=1, gzip;q=0.5", "identity"],
  ["identity, *;q=0.5", "identity"],
  ["identity;q=0.8, br;q=0.5, gzip;q=0.9", "gzip"],
  ["identity;q=0.5, br;q=0.5", "br"],
  ["gzip;q=0.5, br;q=0.5", "br"],
  ["identity, gzip", "gzip"],
  ["identity;q=0, gzip;q=0.1", "gzip"],
  ["gzip;q=0.1", "gzip"],
  ["gzip;q=0.5, *;q=0.9", "br"],
  ["br;q=0, *", "gzip"],
  ["*;q=0", "identity"],
  ["*;q=0, gzip", "gzip"],
  ["GZIP;Q=0.5, Identity;Q=0.4", "gzip"],
])("answers an Accept-Encoding of %j with %s", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});
