import { AppError } from "#lib/core/app-error.ts";

const maxBodyBytes = 512 * 1024;
/** Reads and drops up to this much: a sender that is cut off sees no answer. */
const mostTakenBytes = 8 * 1024 * 1024;

/**
 * Reads a JSON body; `{}` if empty.
 * @throws AppError `payloadTooLarge`, `invalidRequest` if it is no JSON
 */
export async function readBody(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > mostTakenBytes) break;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  if (size > maxBodyBytes) {
    throw new AppError("payloadTooLarge", `The body is larger than ${maxBodyBytes / 1024} KiB.`);
  }
  if (size === 0) return {};
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new AppError("invalidRequest", "The body is no JSON.");
  }
}
