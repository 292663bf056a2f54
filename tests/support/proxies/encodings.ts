import { type IncomingHttpHeaders, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect } from "vitest";

interface Answer {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The answer as it comes over the wire: `fetch` would decompress it. */
function ask(method: string, url: string, accept: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers: { "accept-encoding": accept } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.once("end", () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
    })
      .once("error", reject)
      .end();
  });
}

export async function inEachEncoding(url: string): Promise<string[]> {
  const forms = [
    { accept: "identity", encoding: undefined, read: (body: Buffer) => body },
    { accept: "gzip", encoding: "gzip", read: gunzipSync },
    { accept: "gzip, br", encoding: "br", read: brotliDecompressSync },
  ];
  const texts: string[] = [];
  for (const { accept, encoding, read } of forms) {
    const { headers, body } = await ask("GET", url, accept);
    expect(headers["content-encoding"], `${url} ${accept}`).toBe(encoding);
    expect(headers.vary).toContain("Accept-Encoding");
    expect(Number(headers["content-length"])).toBe(body.byteLength);
    texts.push(String(read(body)));
    const head = await ask("HEAD", url, accept);
    expect([head.headers["content-encoding"], head.body.byteLength]).toEqual([encoding, 0]);
  }
  return texts;
}
