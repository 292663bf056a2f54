/** A lease blob holds a few hundred bytes; anything larger is something else. */
export const mostBodyBytes = 64 * 1024;

export async function readBody(stream: NodeJS.ReadableStream | undefined): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.length;
    if (size > mostBodyBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
