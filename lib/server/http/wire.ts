import { createHash } from "node:crypto";
import { type Bytes, compress, type Encoding, encodingFor, smallest } from "./compress.ts";

/** An answer as it goes over the wire: its bytes are made once, and compressed once where somebody asks for it. */
interface Wire {
  version: string;
  bytes: Bytes;
  hash: string;
  compressed: Partial<Record<Encoding, Promise<Bytes>>>;
}

const mostBytes = 32 * 1024 * 1024;

/**
 * The answers that were given last, by what was asked and by the exact grants of who asked: whoever has other
 * grants never gets their bytes. Bounded; what was asked for longest ago goes first.
 */
export class WireCache {
  readonly #wires = new Map<string, Wire>();
  #size = 0;

  /**
   * The answer to a request, or 304 where its `If-None-Match` has it already.
   * @param version of what `make` answers from: while it stays, so do the bytes
   */
  async answer(
    request: Request,
    { key, version, make }: { key: string; version: string; make: () => unknown },
  ): Promise<Response> {
    const wire = this.#wire(key, version, make);
    const encoding =
      wire.bytes.byteLength < smallest ? "identity" : encodingFor(request.headers.get("accept-encoding"));
    const etag = `"${wire.hash}${encoding === "identity" ? "" : `-${encoding}`}"`;
    const headers = {
      etag,
      "cache-control": "private, no-cache",
      vary: "Cookie, Authorization, Accept-Encoding",
    };
    if (isNamed(etag, request.headers.get("if-none-match"))) {
      return new Response(null, { status: 304, headers });
    }
    const bytes = await this.#encoded(wire, encoding);
    return new Response(bytes, {
      headers: {
        ...headers,
        "content-type": "application/json",
        "content-length": String(bytes.byteLength),
        ...(encoding !== "identity" && { "content-encoding": encoding }),
      },
    });
  }

  #wire(key: string, version: string, make: () => unknown): Wire {
    const known = this.#wires.get(key);
    // Set again, so that the first of the map is what was asked for longest ago.
    this.#forget(key);
    if (known?.version === version) return this.#keep(key, known);
    const bytes = new TextEncoder().encode(JSON.stringify(make()));
    const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 27);
    // Another version that says the same need not be compressed again.
    if (known?.hash === hash) return this.#keep(key, { ...known, version });
    return this.#keep(key, { version, bytes, hash, compressed: {} });
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

  async #encoded({ bytes, compressed }: Wire, encoding: Encoding): Promise<Bytes> {
    if (encoding === "identity") return bytes;
    compressed[encoding] ??= compress(bytes, encoding, "well");
    return await compressed[encoding];
  }
}

/** Compressed it is a fourth of that at most, in each of two encodings. */
function sizeOf({ bytes }: Wire): number {
  return smallest + 1.5 * bytes.byteLength;
}

/** True when `If-None-Match` names the ETag, which a cache in between may have made weak. */
function isNamed(etag: string, header: string | null): boolean {
  if (header === null) return false;
  return header.trim() === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}
