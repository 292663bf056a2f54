import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it, onTestFinished, vi } from "vitest";
import { StaticFiles } from "#lib/server/http/static-files.ts";

const script = "export const partition = 1;\n".repeat(500);
const drawing = `<svg>${"<path/>".repeat(500)}</svg>`;

/** What is not answered ahead gets the status 204, in Next's place. */
async function startFiles() {
  const build = mkdtempSync(join(tmpdir(), "tidemark-build-"));
  onTestFinished(() => rmSync(build, { recursive: true }));
  mkdirSync(join(build, "static/chunks"), { recursive: true });
  mkdirSync(join(build, "static/media"), { recursive: true });
  writeFileSync(join(build, "static/media/icons.svg"), drawing);
  writeFileSync(join(build, "static/media/font.woff2"), "font");
  writeFileSync(join(build, "static/chunks/a.js"), script);
  writeFileSync(join(build, "static/chunks/a.js.map"), "{}");
  writeFileSync(join(build, "static/secret.js"), "secret");
  const files = await StaticFiles.of(build);
  const server = createServer((request, response) => {
    if (!files.answer(request, response)) response.writeHead(204).end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await vi.waitFor(() => expect(server.listening).toBe(true));
  const { port } = server.address() as AddressInfo;
  return async (path: string, headers: Record<string, string>, method = "GET") => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, path, headers, method, host: "127.0.0.1" }, resolve).on("error", reject);
    });
    return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
  };
}

it.each([
  ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
  ["gzip, deflate", "gzip", gunzipSync],
])(
  "answers a script in what is accepted (%s), once its bytes are made",
  async (accepted, encoding, unpack) => {
    const ask = await startFiles();
    const headers = { "accept-encoding": accepted };
    expect((await ask("/_next/static/chunks/a.js", headers)).status).toBe(204);
    const made = await vi.waitFor(async () => {
      const answer = await ask("/_next/static/chunks/a.js?v=1", headers);
      expect(answer.status).toBe(200);
      return answer;
    });
    expect(made.headers).toMatchObject({
      "content-encoding": encoding,
      "content-type": "application/javascript; charset=UTF-8",
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    expect(unpack(made.body).toString()).toBe(script);
    const head = await ask("/_next/static/chunks/a.js", headers, "HEAD");
    expect([head.status, head.headers["content-length"], head.body.length]).toEqual([
      200,
      String(made.body.length),
      0,
    ]);
  },
);

it("answers the icons' drawings as an image", async () => {
  const ask = await startFiles();
  const made = await vi.waitFor(async () => {
    const answer = await ask("/_next/static/media/icons.svg", { "accept-encoding": "br" });
    expect(answer.status).toBe(200);
    return answer;
  });
  expect(made.headers).toMatchObject({ "content-encoding": "br", "content-type": "image/svg+xml" });
  expect(brotliDecompressSync(made.body).toString()).toBe(drawing);
});

it.each([
  ["/_next/static/chunks/a.js", {}],
  ["/_next/static/media/font.woff2", { "accept-encoding": "br" }],
  ["/_next/static/chunks/a.js", { "accept-encoding": "br", range: "bytes=0-9" }],
  ["/_next/static/chunks/a.js.map", { "accept-encoding": "br" }],
  ["/_next/static/chunks/b.js", { "accept-encoding": "br" }],
  ["/_next/static/chunks/../secret.js", { "accept-encoding": "br" }],
  ["/_next/static/secret.js", { "accept-encoding": "br" }],
])("leaves to Next what it does not have: %s %j", async (path, headers: Record<string, string>) => {
  const ask = await startFiles();
  const known = { "accept-encoding": "br" };
  await ask(path, headers);
  await vi.waitFor(async () => {
    expect((await ask("/_next/static/chunks/a.js", known)).status).toBe(200);
  });
  expect((await ask(path, headers)).status).toBe(204);
});
