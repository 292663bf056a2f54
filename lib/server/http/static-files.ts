import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { type Bytes, compress } from "./compress.ts";
import { type Encoding, encodingFor } from "./encoding.ts";
import { log } from "./log.ts";

type Packing = Exclude<Encoding, "identity">;

const base = "/_next/static/";
const folders = ["chunks", "media"];
const types: Readonly<Record<string, string>> = {
  js: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
  svg: "image/svg+xml",
};

/**
 * The scripts, styles and drawings of this build, compressed once and as well as can be; Next compresses them for each
 * request anew. Until a file's bytes are made, one file at a time, Next answers, so that nobody waits for them.
 */
export class StaticFiles {
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;
  /** Null: being made, or not to be had. */
  readonly #packed = new Map<string, Bytes | null>();
  #turn: Promise<void> = Promise.resolve();

  private constructor(folder: string, names: ReadonlySet<string>) {
    this.#folder = folder;
    this.#names = names;
  }

  static async of(build: string): Promise<StaticFiles> {
    const root = join(build, "static");
    const names = await Promise.all(
      folders.map(async (folder) => (await readdir(join(root, folder))).map((name) => `${folder}/${name}`)),
    );
    return new StaticFiles(root, new Set(names.flat()));
  }

  /** False if Next is to answer. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const path = request.url?.split("?", 1)[0] ?? "";
    if (!path.startsWith(base) || request.headers.range !== undefined) return false;
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const name = path.slice(base.length);
    const type = types[name.split(".").at(-1) ?? ""];
    const encoding = encodingFor(request.headers["accept-encoding"]?.toString());
    if (type === undefined || encoding === "identity" || !this.#names.has(name)) return false;
    const body = this.#bytesOf(name, encoding);
    if (body === null) return false;
    response.writeHead(200, {
      "content-type": type,
      "content-length": body.byteLength,
      "content-encoding": encoding,
      // The name is made of the content.
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
    });
    response.end(body);
    return true;
  }

  #bytesOf(name: string, encoding: Packing): Bytes | null {
    const key = `${encoding} ${name}`;
    const known = this.#packed.get(key);
    if (known !== undefined) return known;
    this.#packed.set(key, null);
    this.#turn = this.#turn.then(async () => {
      try {
        const bytes = new Uint8Array(await readFile(join(this.#folder, name)));
        this.#packed.set(key, await compress(bytes, encoding, "best"));
      } catch (error) {
        log.warn({ err: error, name }, "A file of the pages could not be compressed ahead.");
      }
    });
    return null;
  }
}
