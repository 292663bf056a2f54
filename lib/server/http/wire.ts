import { createHash } from "node:crypto";
import { encodingFor } from "./encoding.ts";

/** An answer, with its bytes made once. */
interface Wire {
  version: string;
  bytes: Uint8Array<ArrayBuffer>;
  hash: string;
}

const mostBytes = 20 * 1024 * 1024;
/** What an entry takes beside its bytes. */
const entryBytes = 1_024;

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
  answer(
    request: Request,
    { key, version, make }: { key: string; version: string; make: () => unknown },
  ): Response {
    const wire = this.#wire(key, version, make);
    // Next compresses the bytes itself, and drops a `content-encoding` of ours.
    const encoding = encodingFor(request.headers.get("accept-encoding"));
    const etag = `"${wire.hash}${encoding === "identity" ? "" : `-${encoding}`}"`;
    const headers = {
      etag,
      "cache-control": "private, no-cache",
      vary: "Cookie, Authorization, Accept-Encoding",
    };
    if (isNamed(etag, request.headers.get("if-none-match"))) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(wire.bytes, { headers: { ...headers, "content-type": "application/json" } });
  }

  #wire(key: string, version: string, make: () => unknown): Wire {
    const known = this.#wires.get(key);
    // Set again, so that the first of the map is what was asked for longest ago.
    this.#forget(key);
    if (known?.version === version) return this.#keep(key, known);
    const bytes = new TextEncoder().encode(JSON.stringify(make()));
    const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 27);
    return this.#keep(key, { version, bytes, hash });
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

function sizeOf({ bytes }: Wire): number {
  return entryBytes + bytes.byteLength;
}

/** True when `If-None-Match` names the ETag, which a cache in between may have made weak. */
function isNamed(etag: string, header: string | null): boolean {
  if (header === null) return false;
  return header.trim() === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}
