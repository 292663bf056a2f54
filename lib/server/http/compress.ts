import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Encoding } from "./encoding.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** Large pieces, since each costs the event loop a turn. */
const chunkSize = 256 * 1024;
/** `best` is for what is made once a start, `well` for what is sent to many, `fast` for what is sent once. */
const efforts = { best: { br: 11, gzip: 9 }, well: { br: 4, gzip: 5 }, fast: { br: 1, gzip: 1 } };

export async function compress(
  bytes: Bytes,
  encoding: Exclude<Encoding, "identity">,
  effort: keyof typeof efforts,
): Promise<Bytes> {
  const level = efforts[effort][encoding];
  if (encoding === "gzip") return new Uint8Array(await promisify(gzip)(bytes, { level, chunkSize }));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: level,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return new Uint8Array(await promisify(brotliCompress)(bytes, { params, chunkSize }));
}
