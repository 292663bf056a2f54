import { expect, it } from "vitest";
import { encodingFor } from "#lib/server/http/encoding.ts";
import { WireCache } from "#lib/server/http/wire.ts";

const large = { text: "lag ".repeat(1_000) };

function asked(accept: string, etag?: string): Request {
  const headers = { "accept-encoding": accept, ...(etag !== undefined && { "if-none-match": etag }) };
  return new Request("http://127.0.0.1/api/v1/overview", { headers });
}

it("makes the bytes of a version once for each key, and tells who has them already", async () => {
  const cache = new WireCache();
  let made = 0;
  const answer = (request: Request, key: string, version: string) =>
    cache.answer(request, { key, version, make: () => ({ ...large, made: ++made }) });
  const first = await answer(asked(""), "a viewer", "1");
  expect(await first.json()).toMatchObject({ made: 1 });
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect(first.headers.get("vary")).toBe("Cookie, Authorization, Accept-Encoding");
  const etag = first.headers.get("etag") ?? "";
  const again = await answer(asked("", `"another", W/${etag}`), "a viewer", "1");
  expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
  // Neither another reach nor another version gets these bytes.
  expect(await (await answer(asked("", etag), "another viewer", "1")).json()).toMatchObject({ made: 2 });
  const later = await answer(asked("", etag), "a viewer", "2");
  expect([later.status, (await later.json()).made]).toEqual([200, 3]);
  expect(made).toBe(3);
});

it("has an ETag for each encoding that Next gives the answer", () => {
  const cache = new WireCache();
  const of = { key: "k", version: "1", make: () => large };
  const etags = ["gzip, br", "deflate", "br"].map((accept) =>
    cache.answer(asked(accept), of).headers.get("etag"),
  );
  expect(new Set(etags).size).toBe(3);
  // One that is held in another encoding is not what was asked for.
  expect(cache.answer(asked("br", etags[0] ?? ""), of).status).toBe(200);
  expect(cache.answer(asked("gzip", etags[0] ?? ""), of).status).toBe(304);
});

it("keeps the ETag when another version says the same", async () => {
  const cache = new WireCache();
  const answer = (version: string, etag?: string) =>
    cache.answer(asked("br", etag), { key: "k", version, make: () => large });
  const etag = (await answer("1")).headers.get("etag") ?? "";
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
  [null, "identity"],
  ["", "identity"],
  ["gzip, deflate, br, zstd", "gzip"],
  ["gzip", "gzip"],
  ["br;q=0, gzip;q=0.5", "gzip"],
  ["br;q=0.1, gzip;q=0.5", "gzip"],
  ["*", "gzip"],
  ["gzip;q=0", "identity"],
  ["deflate", "deflate"],
  ["br, zstd", "identity"],
])("answers an Accept-Encoding of %j with %s", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});
