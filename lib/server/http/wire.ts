import { createHash } from "node:crypto";
import { type Bytes, compress } from "./compress.ts";
import { type Encoding, encodingFor } from "./encoding.ts";

interface Wire {
  version: string | null;
  bytes: Bytes;
  hash: string;
  compressed: Partial<Record<Encoding, Promise<Bytes>>>;
}

interface Wanted {
  "accept-encoding"?: string | string[] | undefined;
  "if-none-match"?: string | undefined;
}

interface WireAnswer {
  status: 200 | 304;
  headers: Record<string, string | number>;
  body: Bytes | null;
}

const mostBytes = 28 * 1024 * 1024;
const entryBytes = 1_024;
/** Smaller answers fit into one packet uncompressed. */
const leastCompressed = 1_024;

/**
 * The answers that were given last, by what was asked and by the exact grants of who asked: whoever has other
 * grants never gets their bytes. Bytes are made once, and compressed once in each encoding. The cache is
 * bounded; what was asked for longest ago goes first.
 */
export class WireCache {
  readonly #wires = new Map<string, Wire>();
  readonly #compress: typeof compress;
  #size = 0;

  constructor(compressing = compress) {
    this.#compress = compressing;
  }

  /**
   * The answer to a request, or 304 where its `If-None-Match` has it already.
   * @param version of what `make` answers from: while it stays, so do the bytes. Null: it is made for each request
   */
  async answer(
    wanted: Wanted,
    { key, version, make }: { key: string; version: string | null; make: () => unknown },
  ): Promise<WireAnswer> {
    const wire = this.#wire(key, version, make);
    const isSmall = wire.bytes.byteLength < leastCompressed;
    const encoding = isSmall ? "identity" : encodingFor(wanted["accept-encoding"]?.toString());
    const etag = `"${wire.hash}${encoding === "identity" ? "" : `-${encoding}`}"`;
    const headers = {
      etag,
      "cache-control": "private, no-cache",
      vary: "Cookie, Authorization, Accept-Encoding",
    };
    if (isNamed(etag, wanted["if-none-match"])) return { status: 304, headers, body: null };
    const body = await this.#encoded(wire, encoding);
    return {
      status: 200,
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": body.byteLength,
        ...(encoding !== "identity" && { "content-encoding": encoding }),
      },
      body,
    };
  }

  #wire(key: string, version: string | null, make: () => unknown): Wire {
    const known = this.#wires.get(key);
    // Set again, so that the first of the map is what was asked for longest ago.
    this.#forget(key);
    if (version !== null && known?.version === version) return this.#keep(key, known);
    const bytes = new TextEncoder().encode(JSON.stringify(make()));
    const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 27);
    // What says the same as before is compressed already.
    if (known?.hash === hash) return this.#keep(key, { ...known, version });
    return this.#keep(key, { version, bytes, hash, compressed: {} });
  }

  async #encoded({ bytes, compressed }: Wire, encoding: Encoding): Promise<Bytes> {
    if (encoding === "identity") return bytes;
    compressed[encoding] ??= this.#compress(bytes, encoding, "well").catch((error: unknown) => {
      // The next one who asks tries again.
      delete compressed[encoding];
      throw error;
    });
    return compressed[encoding];
  }

  #keep(key: string, wire: Wire): Wire {
    this.#wires.set(key, wire);
    this.#size += sizeOf(wire);
    for (const oldest of this.#wires.keys()) {
      if (this.#size <= mostBytes || oldest === key) break;
      this.#forget(oldest);
    }
    return wire;
  }

  #forget(key: string): void {
    const wire = this.#wires.get(key);
    if (wire === undefined) return;
    this.#wires.delete(key);
    this.#size -= sizeOf(wire);
  }
}

/** Compressed, it is a fourth of that at most in either encoding. */
function sizeOf({ bytes }: Wire): number {
  return entryBytes + 1.5 * bytes.byteLength;
}

/** True when `If-None-Match` names the ETag, which a cache in between may have made weak. */
function isNamed(etag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  return header.trim() === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}
