/** Descriptor codes of a bare message's sections (AMQP 1.0, part 3, section 3.2). */
export const sectionCodes = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  data: 0x75,
} as const;

interface AmqpSection {
  code: number;
  start: number;
  valueStart: number;
  end: number;
}

/**
 * Splits an encoded message into sections without decoding, so that they pass on unchanged.
 * @throws RangeError if the bytes are no AMQP message.
 */
export function readSections(encoded: Buffer): AmqpSection[] {
  const sections: AmqpSection[] = [];
  let start = 0;
  while (start < encoded.length) {
    if (encoded[start] !== 0x00) throw new RangeError(`no section begins at byte ${start}`);
    const valueStart = skipValue(encoded, start + 1);
    const end = skipValue(encoded, valueStart);
    sections.push({ code: readSectionCode(encoded, start + 1), start, valueStart, end });
    start = end;
  }
  return sections;
}

function readSectionCode(encoded: Buffer, at: number): number {
  if (encoded[at] === 0x53) return encoded.readUInt8(at + 1);
  if (encoded[at] === 0x80) return Number(encoded.readBigUInt64BE(at + 1));
  throw new RangeError(`no section's descriptor at byte ${at}`);
}

/** Returns the position after the value at `at`. The upper half of its type code gives its width. */
function skipValue(encoded: Buffer, at: number): number {
  const typeCode = encoded.readUInt8(at);
  if (typeCode === 0x00) return skipValue(encoded, skipValue(encoded, at + 1));
  const end = at + 1 + valueWidth(encoded, typeCode >> 4, at + 1);
  if (end > encoded.length) throw new RangeError(`the value at byte ${at} is cut off`);
  return end;
}

function valueWidth(encoded: Buffer, category: number, at: number): number {
  if (category === 0x4) return 0;
  if (category >= 0x5 && category <= 0x9) return 2 ** (category - 0x5);
  if (category === 0xa || category === 0xc || category === 0xe) return 1 + encoded.readUInt8(at);
  if (category === 0xb || category === 0xd || category === 0xf) return 4 + encoded.readUInt32BE(at);
  throw new RangeError(`unknown type at byte ${at - 1}`);
}

export function readBytes(encoded: Buffer, at: number): Buffer {
  const category = encoded.readUInt8(at) >> 4;
  if (category !== 0xa && category !== 0xb) throw new RangeError(`no bytes or text at byte ${at}`);
  return encoded.subarray(at + (category === 0xa ? 2 : 5), skipValue(encoded, at));
}

interface MapEntry {
  key: string;
  encoded: Buffer;
  valueStart: number;
}

export function readSymbolicMap(encoded: Buffer, at: number): MapEntry[] {
  const typeCode = encoded.readUInt8(at);
  if (typeCode !== 0xc1 && typeCode !== 0xd1) throw new RangeError(`no map at byte ${at}`);
  const end = skipValue(encoded, at);
  const entries: MapEntry[] = [];
  let start = at + (typeCode === 0xc1 ? 3 : 9);
  while (start < end) {
    const valueStart = skipValue(encoded, start);
    const next = skipValue(encoded, valueStart);
    const key = readBytes(encoded, start).toString("utf8");
    entries.push({ key, encoded: encoded.subarray(start, next), valueStart: valueStart - start });
    start = next;
  }
  return entries;
}
