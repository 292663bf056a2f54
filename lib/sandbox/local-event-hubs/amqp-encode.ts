/** Encodes an entry of a symbolic map (AMQP 1.0, part 1, section 1.6). */
export const longEntry = (key: string, value: number): Buffer => fixedEntry(key, 0x81, value);

export const timestampEntry = (key: string, at: number): Buffer => fixedEntry(key, 0x83, at);

export function stringEntry(key: string, value: string): Buffer {
  const text = Buffer.from(value, "utf8");
  if (text.length < 256) return Buffer.concat([symbol(key), Buffer.from([0xa1, text.length]), text]);
  const head = Buffer.from([0xb1, 0, 0, 0, 0]);
  head.writeUInt32BE(text.length, 1);
  return Buffer.concat([symbol(key), head, text]);
}

function fixedEntry(key: string, typeCode: number, value: number): Buffer {
  const encoded = Buffer.alloc(9);
  encoded.writeUInt8(typeCode, 0);
  encoded.writeBigInt64BE(BigInt(Math.trunc(value)), 1);
  return Buffer.concat([symbol(key), encoded]);
}

const symbols = new Map<string, Buffer>();

function symbol(key: string): Buffer {
  let encoded = symbols.get(key);
  if (!encoded) {
    encoded = Buffer.concat([Buffer.from([0xa3, key.length]), Buffer.from(key, "ascii")]);
    symbols.set(key, encoded);
  }
  return encoded;
}

export function mapSection(sectionCode: number, entries: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(12);
  const contentLength = entries.reduce((sum, entry) => sum + entry.length, 0);
  head.set([0x00, 0x53, sectionCode, 0xd1], 0);
  head.writeUInt32BE(contentLength + 4, 4);
  head.writeUInt32BE(entries.length * 2, 8);
  return Buffer.concat([head, ...entries]);
}
