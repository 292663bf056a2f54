import { promisify } from "node:util";
import { brotliCompress, constants, deflate, gzip } from "node:zlib";

export type Bytes = Uint8Array<ArrayBuffer>;
export type Encoding = "br" | "gzip" | "deflate" | "identity";

/** Anything smaller fits into a packet uncompressed. */
export const smallest = 1_024;
/** Large pieces, since each costs the event loop a turn. */
const chunkSize = 256 * 1024;

/** `well` is for what is sent to many, `fast` for what is large and sent once. */
const efforts = { well: { br: 4, zlib: 5 }, fast: { br: 1, zlib: 1 } };

/** Compresses outside of the event loop. */
export async function compress(
  bytes: Bytes,
  encoding: Exclude<Encoding, "identity">,
  effort: keyof typeof efforts,
): Promise<Bytes> {
  const { br, zlib: level } = efforts[effort];
  switch (encoding) {
    case "br": {
      const params = { [constants.BROTLI_PARAM_QUALITY]: br };
      return new Uint8Array(await promisify(brotliCompress)(bytes, { params, chunkSize }));
    }
    case "gzip":
      return new Uint8Array(await promisify(gzip)(bytes, { level, chunkSize }));
    // Otherwise Next would do it, under the same ETag as the plain bytes.
    case "deflate":
      return new Uint8Array(await promisify(deflate)(bytes, { level, chunkSize }));
  }
}

/** Returns the best encoding that the header allows. `q=0` refuses one. */
export function encodingFor(accepted: string | null): Encoding {
  const weights = new Map(
    (accepted ?? "").split(",").map((part): [string, number] => {
      const [name = "", ...params] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = params.find((param) => param.startsWith("q="))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight) || 0];
    }),
  );
  const allowed = (name: string) => (weights.get(name) ?? weights.get("*") ?? 0) > 0;
  if (allowed("br") && (weights.get("br") ?? 1) >= (weights.get("gzip") ?? 0)) return "br";
  if (allowed("gzip")) return "gzip";
  return allowed("deflate") ? "deflate" : "identity";
}
