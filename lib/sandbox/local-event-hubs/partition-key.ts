const rotateLeft = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/**
 * Maps a key to a partition with Bob Jenkins' lookup3 over its UTF-8 bytes, like the client libraries'
 * buffered producers, so that a key gets the same partition from every sender.
 */
export function partitionOfKey(partitionKey: string, partitionCount: number): number {
  const [b, c] = lookup3(Buffer.from(partitionKey, "utf8"));
  const hash = ((b ^ c) << 16) >> 16;
  return Math.abs(hash % partitionCount);
}

function lookup3(key: Buffer): [b: number, c: number] {
  let a = (0xdeadbeef + key.length) | 0;
  let b = a;
  let c = a;
  if (key.length === 0) return [b, c];
  let at = 0;
  for (; key.length - at > 12; at += 12) {
    a = (a + key.readInt32LE(at)) | 0;
    b = (b + key.readInt32LE(at + 4)) | 0;
    c = (c + key.readInt32LE(at + 8)) | 0;
    a = ((a - c) | 0) ^ rotateLeft(c, 4);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotateLeft(a, 6);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotateLeft(b, 8);
    b = (b + a) | 0;
    a = ((a - c) | 0) ^ rotateLeft(c, 16);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotateLeft(a, 19);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotateLeft(b, 4);
    b = (b + a) | 0;
  }
  const tail = Buffer.alloc(12);
  key.copy(tail, 0, at);
  a = (a + tail.readInt32LE(0)) | 0;
  b = (b + tail.readInt32LE(4)) | 0;
  c = (c + tail.readInt32LE(8)) | 0;
  c = ((c ^ b) - rotateLeft(b, 14)) | 0;
  a = ((a ^ c) - rotateLeft(c, 11)) | 0;
  b = ((b ^ a) - rotateLeft(a, 25)) | 0;
  c = ((c ^ b) - rotateLeft(b, 16)) | 0;
  a = ((a ^ c) - rotateLeft(c, 4)) | 0;
  b = ((b ^ a) - rotateLeft(a, 14)) | 0;
  c = ((c ^ b) - rotateLeft(b, 24)) | 0;
  return [b, c];
}
